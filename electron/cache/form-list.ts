import { z } from 'zod';
import { type FormSummary, formSummary, type InboxPart, type RequestInput } from '../../contract/ipc.ts';
import { origin } from '../../domain/forms/origin.ts';
import { work } from '../../domain/forms/work.ts';
import type { Reads } from './database.ts';
import { jsonOf } from './json-column.ts';
import { workIsPending } from './outbox.ts';

/** Who looks, and when by the centre's clock. */
export interface Viewer {
  readonly staffNumber: string;
  readonly now: number;
}

/** SQL, with the time as its one value: something came in out of order, or may no longer be rung by rule. */
export const isProblem = '(problem = 1 OR (next_try_at IS NOT NULL AND ring_until < ?))';

const flag = z.union([z.literal(0), z.literal(1)]).transform((found) => found === 1);
const row = formSummary.extend({ origin: jsonOf(origin), work: jsonOf(work), tentative: flag, problem: flag });

/**
 * Forms whose text has every word of `search`; an inbox by how long they wait, all forms last changed
 * first. A plain LIKE, not a trigram index: most Chinese words have two characters, which a trigram
 * index cannot find, and a desk caches some thousand forms.
 */
export const listForms = (
  reads: Reads,
  query: RequestInput<'form.list'>,
  viewer: Viewer,
): { forms: FormSummary[]; total: number } => {
  const conditions = conditionsOf(query, viewer);
  const where = conditions.length > 0 ? `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}` : '';
  const values = conditions.flatMap(([, ...given]) => given);
  const total = reads.first(z.object({ n: z.int() }), `SELECT count(*) AS n FROM forms ${where}`, ...values)?.n ?? 0;
  const order = query.inbox ? 'waiting_since, id' : 'changed_at DESC, id';
  const forms = reads.all(
    row,
    `SELECT id, number, kind, status, form -> '$.origin' AS origin, form -> '$.work' AS work,
            ${workIsPending} AND work_state <> 'none' AS tentative, ${isProblem} AS problem,
            next_try_at AS nextTryAt, remind_at AS remindAt,
            caller_name AS callerName, contact_number AS contactNumber, excerpt,
            opened_by AS openedBy, opened_at AS openedAt, changed_at AS changedAt,
            (SELECT count(*) FROM outbox WHERE form = forms.id AND state = 'pending') AS pending,
            (SELECT count(*) FROM outbox WHERE form = forms.id AND refusal IS NOT NULL
                                           AND state IN ('pending', 'rejected')) AS attention
     FROM forms ${where} ORDER BY ${order} LIMIT ? OFFSET ?`,
    ...[viewer.now, ...values, query.limit, query.offset],
  );
  return { forms, total };
};

type Condition = readonly [sql: string, ...values: (string | number)[]];

const conditionsOf = (query: RequestInput<'form.list'>, viewer: Viewer): readonly Condition[] => [
  ...query.search
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word): Condition => ["search_text LIKE ? ESCAPE '\\'", `%${word.replace(/[\\%_]/g, '\\$&')}%`]),
  ...(query.status ? [['status = ?', query.status] as const] : []),
  ...(query.inbox ? [['inbox = ?', query.inbox] as const] : []),
  ...(query.part ? [partOf(query.part, viewer)] : []),
];

const toDo = "work_state IN ('waiting', 'claimed')";

const partOf = (part: InboxPart, { staffNumber, now }: Viewer): Condition => {
  switch (part) {
    case 'to-do':
      return [toDo];
    case 'mine':
      return ['claimed_by = ?', staffNumber];
    case 'problems':
      return [`${isProblem} AND ${toDo}`, now];
    case 'check-backs':
      return ['remind_at <= ?', now];
    case 'set-aside':
      return ["work_state = 'set-aside'"];
    default:
      return part satisfies never;
  }
};
