import { DownloadOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssessmentRow } from '../../../contract/ipc.ts';
import { monthOf, monthsOn } from '../../../domain/deadlines/month.ts';
import { saveAs } from '../../app/parts/save-as.ts';
import { useLanguage } from '../../app/parts/use-language.ts';
import { showForm } from '../../app/store/edit-form.ts';
import { readAssessments } from '../../app/store/read-assessments.ts';
import { useDeskDispatch, useDeskSelector } from '../../app/store/store.ts';
import { clauseText } from '../procedure/box-words.ts';
import { csvOf } from './sheet-csv.ts';

/** S2: what was found about whose work in a month, by agent. Who does not assess sees their own lines alone. */
export const AssessmentDrawer = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={onClose} title={t('sheet.title')} size={960} destroyOnHidden>
      <Sheet onClose={onClose} />
    </Drawer>
  );
};

const Sheet = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const dispatch = useDeskDispatch();
  const { procedureRules: rules, clockOffsetMs } = useDeskSelector((state) => state.desk.sync);
  const thisMonth = monthOf(Date.now() + clockOffsetMs, rules.deadlines);
  const [month, setMonth] = useState(thisMonth);
  const [rows, setRows] = useState<readonly AssessmentRow[] | null>(null);
  useEffect(() => {
    let asked = true;
    void dispatch(readAssessments(month)).then((found) => asked && setRows(found));
    return () => {
      asked = false;
    };
  }, [dispatch, month]);
  const wordsOf = (row: AssessmentRow) => ({
    finding: t(`finding.${row.finding}`),
    clause: row.clause ? clauseText({ language, rules }, row.clause) : '',
    day: new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { month: 'short', day: 'numeric' }).format(
      row.at,
    ),
  });
  const columns = (['agent', 'day', 'form', 'finding', 'clause', 'weight', 'text', 'answer', 'by'] as const).map(
    (name) => [name, t(`sheet.${name}`)] as const,
  );
  const agents = [...new Set(rows?.map(({ agent }) => agent) ?? [])].sort();
  const of = (agent: string): readonly AssessmentRow[] => rows?.filter((row) => row.agent === agent) ?? [];
  const save = (): void => {
    const lines = agents.flatMap(of).map((row) => {
      const { day, finding, clause } = wordsOf(row);
      const { agent, formNumber, weight, text, answer, by } = row;
      return [agent, day, formNumber, finding, clause, weight, text, answer?.text ?? '', by];
    });
    const bytes = csvOf([columns.map(([, word]) => word), ...lines]);
    saveAs({ name: `${t('sheet.title')}-${month}.csv`, mediaType: 'text/csv' }, bytes);
  };
  const show = (form: string): void => {
    void dispatch(showForm(form));
    onClose();
  };
  return (
    <>
      <div className="sheet-head">
        <Button icon={<LeftOutlined />} aria-label={t('sheet.before')} onClick={() => setMonth(monthsOn(month, -1))} />
        <strong className="digits" data-testid="sheet-month">
          {month}
        </strong>
        <Button
          icon={<RightOutlined />}
          aria-label={t('sheet.after')}
          disabled={month >= thisMonth}
          onClick={() => setMonth(monthsOn(month, 1))}
        />
        <Button icon={<DownloadOutlined />} disabled={!rows?.length} onClick={save} data-testid="sheet-save">
          {t('sheet.save')}
        </Button>
      </div>
      {rows?.length === 0 && <p className="empty quiet">{t('sheet.none')}</p>}
      {agents.map((agent) => (
        <table key={agent} className="sheet" data-testid="sheet-agent" data-value={agent}>
          <caption>
            <span className="digits">{agent}</span> ·{' '}
            {t('sheet.sum', { count: of(agent).length, weight: of(agent).reduce((sum, row) => sum + row.weight, 0) })}
          </caption>
          <thead>
            <tr>
              {columns.slice(1).map(([name, word]) => (
                <th key={name} scope="col">
                  {word}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {of(agent).map((row) => {
              const { day, finding, clause } = wordsOf(row);
              return (
                <tr key={row.id}>
                  <td className="digits">{day}</td>
                  <td>
                    <button type="button" className="link digits" onClick={() => show(row.form)}>
                      {row.formNumber}
                    </button>
                  </td>
                  <td>{finding}</td>
                  <td>{clause}</td>
                  <td className="digits">{row.weight}</td>
                  <td>{row.text}</td>
                  <td className={row.answer ? '' : 'quiet'}>{row.answer?.text ?? t('standing.notAnswered')}</td>
                  <td className="digits">{row.by}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ))}
    </>
  );
};
