import type { RequestInput } from '../../../contract/ipc.ts';
import type { FormKind } from '../../../domain/forms/form-kind.ts';

/** Columns of `forms` that a search is narrowed by. */
export interface MarkedRow {
  readonly kind: string;
  readonly status: string;
  readonly work_state: string;
  readonly inbox: string | null;
  readonly remind_at: number | null;
}

/** A word of the index that no text has: letters without a break, and more of them than a gram has. */
const mark = (name: 'kind' | 'status' | 'work' | 'inbox', value: string): string =>
  `${name}${value.replace(/[^a-z]/g, '')}`;
const toBeRemindedOf = 'reminder';

/**
 * What the index keeps of a form beside its text, so that a common word in a rare place is looked for
 * there, and not in all forms that have the word.
 */
export const marksOf = ({ kind, status, work_state, inbox, remind_at }: MarkedRow): readonly string[] => [
  mark('kind', kind),
  mark('status', status),
  mark('work', work_state),
  ...(inbox === null ? [] : [mark('inbox', inbox)]),
  ...(remind_at === null ? [] : [toBeRemindedOf]),
];

/** FTS5's words for a list's filters, as far as marks go: what depends on time or person is more than a mark. */
export const marksSought = (query: Pick<RequestInput<'form.list'>, 'status' | 'inbox' | 'part'>): readonly string[] => [
  ...(query.status ? [mark('status', query.status)] : []),
  ...(query.inbox ? [mark('inbox', query.inbox)] : []),
  ...(query.part ? partSought[query.part] : []),
];

export const kindSought = (kind: FormKind): string => mark('kind', kind);

const toDo = `(${mark('work', 'waiting')} OR ${mark('work', 'claimed')})`;

const partSought: Record<NonNullable<RequestInput<'form.list'>['part']>, readonly string[]> = {
  'to-do': [toDo],
  mine: [mark('work', 'claimed')],
  problems: [toDo],
  'check-backs': [toBeRemindedOf],
  'set-aside': [mark('work', 'set-aside')],
  held: [],
  overdue: [],
};
