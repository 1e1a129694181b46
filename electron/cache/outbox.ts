import { z } from 'zod';
import type { Reads } from './database.ts';
import { isHeld } from './store/sqlite-desk-store.ts';

/** SQL that tells which rows of `outbox` a person must look at. What is held may apply once its turn comes. */
export const needsAttention = `refusal IS NOT NULL AND (state = 'rejected' OR (state = 'pending' AND NOT ${isHeld}))`;

const outboxCounts = z.object({
  pending: z.int(),
  attention: z.int(),
  held: z.int(),
  pendingSince: z.int().nullable(),
});

/** For the screen's status line, told again and again while thousands wait: no row of those is looked at. */
export const countOutbox = (reads: Reads): z.output<typeof outboxCounts> =>
  reads.first(
    outboxCounts,
    `SELECT (SELECT count(*) FROM outbox WHERE state = 'pending') AS pending,
            (SELECT count(*) FROM outbox WHERE ${needsAttention}) AS attention,
            (SELECT count(*) FROM outbox AS held JOIN (
               SELECT form, min(seq) AS seq FROM outbox WHERE state = 'rejected' GROUP BY form) AS refused
             ON held.form = refused.form AND held.state = 'pending' AND held.seq > refused.seq) AS held,
            (SELECT made_at FROM outbox WHERE state = 'pending' ORDER BY seq LIMIT 1) AS pendingSince`,
  ) ?? { pending: 0, attention: 0, held: 0, pendingSince: null };

export const countPendingOn = (reads: Reads, form: string): number =>
  reads.first(z.object({ n: z.int() }), "SELECT count(*) AS n FROM outbox WHERE form = ? AND state = 'pending'", form)
    ?.n ?? 0;

/**
 * SQL that tells whether the work of the form in `forms.id` stands on an operation the centre has not
 * confirmed: another may have been first, and then it is refused.
 */
export const workIsPending = `EXISTS (
  SELECT 1 FROM outbox WHERE form = forms.id AND state = 'pending' AND refusal IS NULL
    AND kind IN ('form.claim', 'form.release', 'form.set-aside', 'form.submit'))`;

export const workIsPendingOn = (reads: Reads, form: string): boolean =>
  reads.first(z.object({ n: z.int() }), `SELECT 1 AS n FROM forms WHERE id = ? AND ${workIsPending}`, form) !==
  undefined;
