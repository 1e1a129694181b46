import { z } from 'zod';
import { formSummary, type InboxPart, type RequestInput } from '../../contract/ipc.ts';
import { deadline } from '../../domain/deadlines/deadline.ts';
import { origin } from '../../domain/forms/origin.ts';
import { work } from '../../domain/forms/work.ts';
import { wordsOf } from '../../domain/search/fold-text.ts';
import type { Reads } from './database.ts';
import { jsonOf } from './json-column.ts';
import type { PlainSummary } from './masked-views.ts';
import { workIsPending } from './outbox.ts';
import { marksSought } from './search/form-marks.ts';
import { countFound, findInOrder, findNewest, type SqlCondition } from './search/search-forms.ts';

/** Who looks, and when by the centre's clock. */
export interface Viewer {
  readonly staffNumber: string;
  readonly now: number;
}

/** SQL, with the time as its one value: something came in out of order, or may no longer be rung by rule. */
export const isProblem = '(problem = 1 OR (next_try_at IS NOT NULL AND ring_until < ?))';

const flag = z.union([z.literal(0), z.literal(1)]).transform((found) => found === 1);
export const summaryRow = formSummary.omit({ masked: true }).extend({
  holder: z.string().nullable(),
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

const byWaiting = 'waiting_since, id';
const byChange = 'changed_at DESC, id';

const readForms = (reads: Reads, query: RequestInput<'form.list'>, viewer: Viewer): FormList => {
  const conditions: readonly SqlCondition[] = [
    ...(query.status ? [['status = ?', query.status] as const] : []),
    ...(query.inbox ? [['inbox = ?', query.inbox] as const] : []),
    ...partOf(query.part, viewer),
  ];
  const where = conditions.length > 0 ? `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}` : '';
  const values = conditions.flatMap(([, ...given]) => given);
  const total = reads.first(z.object({ n: z.int() }), `SELECT count(*) AS n FROM forms ${where}`, ...values)?.n ?? 0;
  const forms = reads.all(
    summaryRow,
    `${summaries} ${where} ORDER BY ${query.inbox ? byWaiting : byChange} LIMIT ? OFFSET ?`,
    ...[viewer.now, ...values, query.limit, query.offset],
  );
  return { forms, total, more: false };
};

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
    `${summaries} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY ${query.inbox ? byWaiting : byChange}`,
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
  const sought = { words, marks: marksSought(query), conditions: partOf(query.part, viewer) };
  const ids = query.inbox ? findInOrder(reads, sought, byWaiting, query) : findNewest(reads, sought, query);
  const isLastPage = ids.length < query.limit && (ids.length > 0 || query.offset === 0);
  const found = isLastPage ? query.offset + ids.length : countFound(reads, sought, countedTo + 1);
  return { ids, total: Math.min(found, countedTo), more: found > countedTo };
};

/** With the time as its first value. */
export const summaries = `
  SELECT id, number, kind, status, form -> '$.origin' AS origin, form -> '$.work' AS work,
         ${workIsPending} AND work_state <> 'none' AS tentative, ${isProblem} AS problem,
         next_try_at AS nextTryAt, remind_at AS remindAt,
         caller_name AS callerName, contact_number AS contactNumber, excerpt,
         opened_by AS openedBy, opened_at AS openedAt, changed_at AS changedAt, deadline, holder,
         (SELECT json_group_array(value ->> 'contactId') FROM json_each(form, '$.calls')) AS calls,
         (SELECT count(*) FROM outbox WHERE form = forms.id AND state = 'pending') AS pending,
         (SELECT count(*) FROM outbox WHERE form = forms.id AND refusal IS NOT NULL
                                        AND state IN ('pending', 'rejected')) AS attention
  FROM forms`;

const toDo = "work_state IN ('waiting', 'claimed')";

const partOf = (part: InboxPart | null, { staffNumber, now }: Viewer): readonly SqlCondition[] => {
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
    default:
      return part satisfies never;
  }
};
