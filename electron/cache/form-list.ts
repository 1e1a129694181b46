import { z } from 'zod';
import { type DeskPart, formSummary, type InboxPart, type RequestInput, type WorkedDesk } from '../../contract/ipc.ts';
import { deadline } from '../../domain/deadlines/deadline.ts';
import { origin } from '../../domain/forms/origin.ts';
import { work } from '../../domain/forms/work.ts';
import { wordsOf } from '../../domain/search/fold-text.ts';
import type { Reads } from './database.ts';
import { jsonOf } from './json-column.ts';
import type { PlainSummary } from './masked-views.ts';
import { needsAttention, workIsPending } from './outbox.ts';
import { marksSought } from './search/form-marks.ts';
import { countFound, findInOrder, findNewest, type SqlCondition } from './search/search-forms.ts';

/** Who looks, and when by the centre's clock. */
export interface Viewer {
  readonly staffNumber: string;
  readonly now: number;
  /** The one whose orders they answer. */
  readonly department?: string | undefined;
}

/** SQL, with the time as its one value: something came in out of order, or may no longer be rung by rule. */
export const isProblem = '(problem = 1 OR (next_try_at IS NOT NULL AND ring_until < ?))';

const flag = z.union([z.literal(0), z.literal(1)]).transform((found) => found === 1);
export const summaryRow = formSummary.omit({ masked: true }).extend({
  calls: jsonOf(z.array(z.string())),
  origin: jsonOf(origin),
  work: jsonOf(work),
  deadline: jsonOf(deadline).nullable(),
  tentative: flag,
  problem: flag,
});

export interface FormList {
  readonly forms: PlainSummary[];
  readonly total: number;
  readonly more: boolean;
}

/** Forms whose text has every word of `search`; an inbox by how long they wait, all forms last changed first. */
export const listForms = (reads: Reads, query: RequestInput<'form.list'>, viewer: Viewer): FormList => {
  const words = wordsOf(query.search);
  return words.length > 0 ? searchForms(reads, query, words, viewer) : readForms(reads, query, viewer);
};

/**
 * D1: those who made a suggestion, with those of every suggestion that was merged into it, at whatever remove; a
 * pair merged into each other by two desks at once is counted once.
 */
const people = `
  (WITH RECURSIVE family (member) AS (
     SELECT forms.id
     UNION SELECT merged.id FROM forms AS merged JOIN family ON merged.merged_into = family.member)
   SELECT sum(1 + of_family.supporters) FROM family JOIN forms AS of_family ON of_family.id = family.member)`;

const orderOf = ({ inbox, desk, part }: RequestInput<'form.list'>): string => {
  if (inbox) return 'waiting_since, id';
  if (desk === 'data-admin') return `${people} DESC, stage_since, id`;
  return desk || part === 'overdue' ? 'due_at IS NULL, due_at, stage_since, id' : 'changed_at DESC, id';
};

const readForms = (reads: Reads, query: RequestInput<'form.list'>, viewer: Viewer): FormList => {
  const conditions: readonly SqlCondition[] = [
    // As words, not as a value: drafts have an index of their own.
    ...(query.status ? [[`status = '${query.status}'`] as const] : []),
    ...(query.inbox ? [['inbox = ?', query.inbox] as const] : []),
    ...(query.desk ? [onDesk(query.desk, viewer)] : []),
    ...partOf(query.part, viewer),
  ];
  const where = conditions.length > 0 ? `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}` : '';
  const values = conditions.flatMap(([, ...given]) => given);
  const counted = `SELECT count(*) AS n FROM (SELECT 1 FROM forms ${where} LIMIT ?)`;
  const found = reads.first(z.object({ n: z.int() }), counted, ...values, listedTo + 1)?.n ?? 0;
  const forms = reads.all(
    summaryRow,
    `${summaries} ${where} ORDER BY ${orderOf(query)} LIMIT ? OFFSET ?`,
    ...[viewer.now, ...values, query.limit, query.offset],
  );
  return { forms, total: Math.min(found, listedTo), more: found > listedTo };
};

/** A list is counted, and paged through, to here: with a hundred times the forms it opens as fast. */
const listedTo = 10_000;

/** What is found is counted to here: nobody pages on through more, and a common word has half of all forms. */
const countedTo = 1_000;

const searchForms = (
  reads: Reads,
  query: RequestInput<'form.list'>,
  words: readonly string[],
  viewer: Viewer,
): FormList => {
  const { ids, total, more } = findForms(reads, query, words, viewer);
  const forms = reads.all(
    summaryRow,
    `${summaries} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY ${orderOf(query)}`,
    ...[viewer.now, JSON.stringify(ids)],
  );
  return { forms, total, more };
};

/** The ids of what a search for these folded words lists, how many it finds, and whether it finds more. */
export const findForms = (
  reads: Reads,
  query: RequestInput<'form.list'>,
  words: readonly string[],
  viewer: Viewer,
): { readonly ids: readonly string[]; readonly total: number; readonly more: boolean } => {
  const conditions = [...(query.desk ? [onDesk(query.desk, viewer)] : []), ...partOf(query.part, viewer)];
  const sought = { words, marks: marksSought(query), conditions };
  const inOrder = query.inbox !== null || query.desk !== null || query.part === 'overdue';
  const ids = inOrder ? findInOrder(reads, sought, orderOf(query), query) : findNewest(reads, sought, query);
  const isLastPage = ids.length < query.limit && (ids.length > 0 || query.offset === 0);
  const found = isLastPage ? query.offset + ids.length : countFound(reads, sought, countedTo + 1);
  return { ids, total: Math.min(found, countedTo), more: found > countedTo };
};

/** With the time as its first value. */
export const summaries = `
  SELECT id, number, kind, status, form -> '$.origin' AS origin, form -> '$.work' AS work,
         ${workIsPending} AND work_state <> 'none' AS tentative, ${isProblem} AS problem,
         next_try_at AS nextTryAt, remind_at AS remindAt,
         stage, stage_since AS stageSince, holder, deadline,
         CASE kind WHEN 'suggestion' THEN ${people} ELSE 1 END AS people,
         caller_name AS callerName, contact_number AS contactNumber, excerpt,
         opened_by AS openedBy, opened_at AS openedAt, changed_at AS changedAt,
         (SELECT json_group_array(value ->> 'contactId') FROM json_each(form, '$.calls')) AS calls,
         (SELECT count(*) FROM outbox WHERE form = forms.id AND state = 'pending') AS pending,
         (SELECT count(*) FROM outbox WHERE form = forms.id AND ${needsAttention}) AS attention
  FROM forms`;

/** S4: an order may be open at one department while the form lies at another desk for what came of another order. */
export const onDesk = (desk: WorkedDesk, { department }: Viewer): SqlCondition =>
  desk !== 'department' || department === undefined
    ? ['desk = ?', desk]
    : ["at_departments <> '' AND instr(' ' || at_departments, ?) > 0", ` ${department} `];

/** SQL, with the time as its one value. */
export const isOverdue = '(overdue_from < ?)';

const toDo = "work_state IN ('waiting', 'claimed')";

const partOf = (part: InboxPart | DeskPart | null, { staffNumber, now }: Viewer): readonly SqlCondition[] => {
  switch (part) {
    case null:
      return [];
    case 'to-do':
      return [[toDo]];
    case 'mine':
      return [['claimed_by = ?', staffNumber]];
    case 'problems':
      return [[`${isProblem} AND ${toDo}`, now]];
    case 'check-backs':
      return [['remind_at <= ?', now]];
    case 'set-aside':
      return [["work_state = 'set-aside'"]];
    case 'held':
      return [['holder = ?', staffNumber]];
    case 'overdue':
      return [[isOverdue, now]];
    default:
      return part satisfies never;
  }
};
