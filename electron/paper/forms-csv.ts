import { stringify } from 'csv-stringify/sync';
import type { FormSummary } from '../../contract/ipc.ts';
import type { Language } from '../../domain/access/language.ts';

interface Words {
  readonly columns: readonly string[];
  readonly kind: Readonly<Record<FormSummary['kind'], string>>;
  readonly status: Readonly<Record<FormSummary['status'], string>>;
}

const words: Readonly<Record<Language, Words>> = {
  zh: {
    columns: ['单号', '类别', '状态', '姓名', '联系电话', '摘要', '登记人', '登记时间', '更改时间', '办理时限'],
    kind: { complaint: '投诉单', suggestion: '建议单', fault: '故障申告' },
    status: { draft: '登记中', submitted: '已提交' },
  },
  en: {
    columns: ['Number', 'Kind', 'Status', 'Name', 'Contact number', 'Excerpt', 'Opened by', 'Opened', 'Changed', 'Due'],
    kind: { complaint: 'Complaint', suggestion: 'Suggestion', fault: 'Fault report' },
    status: { draft: 'Draft', submitted: 'Submitted' },
  },
};

/**
 * A list of forms as a spreadsheet takes it (RFC 4180), with the byte order mark by which Excel knows UTF-8. What
 * would be read as a formula is text: customers write the excerpt.
 */
export const formsCsv = (forms: readonly FormSummary[], language: Language): string => {
  const { columns, kind, status } = words[language];
  const rows = forms.map((form) => [
    form.number,
    kind[form.kind],
    status[form.status],
    form.callerName,
    form.contactNumber,
    form.excerpt,
    form.openedBy,
    moment(form.openedAt),
    moment(form.changedAt),
    form.deadline ? moment(form.deadline.dueAt) : '',
  ]);
  return stringify([[...columns], ...rows], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
};

/** `2026-11-24 09:30`, the desk's own time: what spreadsheets take for a time in any language. */
const moment = (at: number): string => {
  const time = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
};
