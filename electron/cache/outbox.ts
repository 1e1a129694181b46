import { z } from 'zod';
import type { AttentionCard } from '../../contract/ipc.ts';
import { refusal } from '../../contract/sync.ts';
import type { Refusal } from '../../domain/forms/form.ts';
import { type Operation, operation } from '../../domain/forms/operations.ts';
import type { Reads, Writes } from './database.ts';
import { jsonOf } from './json-column.ts';

/**
 * An operation's life on this desk; `acknowledged` rows go once the centre's form shows them.
 *
 *   pending ── applied ──▶ acknowledged ── pulled ──▶ (gone)
 *      └────── refused ──▶ rejected ────── settled ─▶ dismissed
 */
export const append = (writes: Writes, made: Operation, formNumber: string): void => {
  writes.run(
    `INSERT INTO outbox (seq, id, form, form_number, kind, made_at, operation, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'pending')`,
    ...[made.seq, made.id, made.form, formNumber, made.kind, made.madeAt, JSON.stringify(made)],
  );
};

const operationRow = z.object({ operation: jsonOf(operation) });

/**
 * The next operations of this person to send, in the order they were made. Those of a colleague who
 * worked at this desk before wait until they sign in again: the centre takes from a person only their own.
 */
export const firstPending = (reads: Reads, by: string, limit: number): readonly Operation[] =>
  reads
    .all(
      operationRow,
      "SELECT operation FROM outbox WHERE state = 'pending' AND operation ->> 'by' = ? ORDER BY seq LIMIT ?",
      by,
      limit,
    )
    .map((row) => row.operation);

/** Those that make this desk's view of a form differ from the centre's. */
export const standingOn = (reads: Reads, form: string): readonly Operation[] =>
  reads
    .all(
      operationRow,
      "SELECT operation FROM outbox WHERE form = ? AND state IN ('pending', 'acknowledged') ORDER BY seq",
      form,
    )
    .map((row) => row.operation);

export const acknowledge = (writes: Writes, id: string): void => {
  writes.run("UPDATE outbox SET state = 'acknowledged', refusal = NULL WHERE id = ? AND state = 'pending'", id);
};

export const reject = (writes: Writes, id: string, reason: Refusal): void => {
  writes.run(
    "UPDATE outbox SET state = 'rejected', refusal = ? WHERE id = ? AND state = 'pending'",
    JSON.stringify(reason),
    id,
  );
};

/** Only what the centre has refused can be put away: a pending operation is still going to be sent. */
export const dismiss = (writes: Writes, id: string): void => {
  writes.run("UPDATE outbox SET state = 'dismissed' WHERE id = ? AND state = 'rejected'", id);
};

/** Notes which pending operations do not apply to the form as it is now; the centre has the last word. */
export const markBlocked = (writes: Writes, form: string, blocked: ReadonlyMap<string, Refusal>): void => {
  writes.run("UPDATE outbox SET refusal = NULL WHERE form = ? AND state = 'pending' AND refusal IS NOT NULL", form);
  for (const [id, reason] of blocked) {
    writes.run("UPDATE outbox SET refusal = ? WHERE id = ? AND state = 'pending'", JSON.stringify(reason), id);
  }
};

/** Forgets acknowledged operations that the centre's form shows in its history. */
export const forgetTakenIn = (writes: Writes, form: string, shown: ReadonlySet<string>): void => {
  const acknowledged = writes.all(
    z.object({ id: z.string() }),
    "SELECT id FROM outbox WHERE form = ? AND state = 'acknowledged'",
    form,
  );
  for (const { id } of acknowledged) {
    if (shown.has(id)) writes.run('DELETE FROM outbox WHERE id = ?', id);
  }
};

const needsAttention = "refusal IS NOT NULL AND state IN ('pending', 'rejected')";

const cardRow = z.object({
  id: z.string(),
  form: z.string(),
  form_number: z.string(),
  kind: z.string(),
  made_at: z.int(),
  operation: jsonOf(operation),
  refusal: jsonOf(refusal),
});

/** Operations that a person must look at, oldest first; of one form, or of all. */
export const attentionCards = (reads: Reads, form?: string): AttentionCard[] =>
  reads
    .all(
      cardRow,
      `SELECT id, form, form_number, kind, made_at, operation, refusal FROM outbox
       WHERE ${needsAttention} AND (? IS NULL OR form = ?) ORDER BY seq`,
      ...[form ?? null, form ?? null],
    )
    .map((row) => ({
      id: row.id,
      form: row.form,
      formNumber: row.form_number,
      kind: row.kind,
      madeAt: row.made_at,
      payload: row.operation.payload,
      refusal: row.refusal,
    }));

const outboxCounts = z.object({
  pending: z.int(),
  attention: z.int(),
  held: z.int(),
  pendingSince: z.int().nullable(),
});

/** What a person has not settled yet; what was done to the form after it waits. */
const isHeld = `EXISTS (SELECT 1 FROM outbox AS refused
  WHERE refused.form = outbox.form AND refused.state = 'rejected' AND refused.seq < outbox.seq)`;

/** For the screen's status line. */
export const countOutbox = (reads: Reads): z.output<typeof outboxCounts> =>
  reads.first(
    outboxCounts,
    `SELECT count(*) FILTER (WHERE state = 'pending') AS pending,
            count(*) FILTER (WHERE ${needsAttention}) AS attention,
            count(*) FILTER (WHERE state = 'pending' AND ${isHeld}) AS held,
            min(made_at) FILTER (WHERE state = 'pending') AS pendingSince
     FROM outbox WHERE state IN ('pending', 'rejected')`,
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
