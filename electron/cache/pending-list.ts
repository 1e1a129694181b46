import { z } from 'zod';
import { type PendingPage, pendingOperation } from '../../contract/sync-page.ts';
import { operationKinds } from '../../domain/forms/operations.ts';
import type { Reads } from './database.ts';
import { isHeld } from './store/sqlite-desk-store.ts';

const row = pendingOperation.omit({ why: true, kind: true }).extend({
  kind: z.enum(operationKinds),
  held: z.int(),
});

const counts = z.object({ total: z.int(), forms: z.int() });

/**
 * A page of what the centre does not have yet, form by form, the one that has waited longest first; `by` is who is
 * signed in. Only the page's own rows are read whole.
 */
export const listPending = (
  reads: Reads,
  page: { readonly limit: number; readonly offset: number },
  by: string,
): PendingPage => {
  const operations = reads
    .all(
      row,
      `SELECT id, outbox.form, form_number AS formNumber, kind, made_at AS madeAt, operation ->> 'by' AS by,
              ${isHeld} AS held
       FROM outbox JOIN (SELECT form, min(seq) AS first FROM outbox WHERE state = 'pending' GROUP BY form) AS waiting
         ON waiting.form = outbox.form
       WHERE state = 'pending' ORDER BY first, seq LIMIT ? OFFSET ?`,
      ...[page.limit, page.offset],
    )
    .map(({ held, ...operation }) => ({ ...operation, why: reasonOf(held === 1, operation.by === by) }));
  const { total, forms } = reads.first(
    counts,
    "SELECT count(*) AS total, count(DISTINCT form) AS forms FROM outbox WHERE state = 'pending'",
  ) ?? { total: 0, forms: 0 };
  return { operations, total, forms };
};

const reasonOf = (held: boolean, own: boolean): PendingPage['operations'][number]['why'] => {
  if (held) return 'held';
  return own ? 'next' : 'colleague';
};
