import { z } from 'zod';
import type { Reads } from '../cache/database.ts';

const code = z.string().regex(/^[a-z.-]{1,40}$/);

export const outboxShape = z.strictObject({
  /** By kind, state and reason of refusal. */
  groups: z.array(
    z.strictObject({
      kind: code,
      state: code,
      refusal: code.nullable(),
      count: z.int(),
      oldestAt: z.int(),
      newestAt: z.int(),
    }),
  ),
  /** Ids are random and tell nothing by themselves; those with the most in the outbox. */
  forms: z.array(z.strictObject({ form: z.uuid(), pending: z.int(), refused: z.int(), oldestAt: z.int() })),
});

const mostForms = 100;

/** What lies in the outbox, by counts and ages alone. */
export const readOutboxShape = (reads: Reads): z.output<typeof outboxShape> => ({
  groups: reads.all(
    outboxShape.shape.groups.element,
    `SELECT kind, state, refusal ->> 'code' AS refusal, count(*) AS count,
            min(made_at) AS oldestAt, max(made_at) AS newestAt
     FROM outbox GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  ),
  forms: reads.all(
    outboxShape.shape.forms.element,
    `SELECT form, count(*) FILTER (WHERE state = 'pending') AS pending,
            count(*) FILTER (WHERE state = 'rejected') AS refused, min(made_at) AS oldestAt
     FROM outbox WHERE state IN ('pending', 'rejected') GROUP BY form ORDER BY count(*) DESC, form LIMIT ${mostForms}`,
  ),
});
