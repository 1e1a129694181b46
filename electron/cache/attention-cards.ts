import { z } from 'zod';
import { refusal } from '../../contract/sync.ts';
import type { AttentionCard } from '../../contract/sync-page.ts';
import type { Form } from '../../domain/forms/form.ts';
import { operation } from '../../domain/forms/operations.ts';
import type { Reads } from './database.ts';
import { jsonOf } from './json-column.ts';
import { needsAttention } from './outbox.ts';
import type { RefusedOperation } from './store/offer-again.ts';
import { isHeld, readServerForm } from './store/sqlite-desk-store.ts';

/** A card as the cache has it; it becomes what a window may be told by `seenCard` alone. */
export interface PlainCard extends Omit<AttentionCard, 'centre'> {
  readonly centre: Form | null;
}

const cardRow = z.object({
  id: z.string(),
  seq: z.int(),
  form: z.string(),
  form_number: z.string(),
  made_at: z.int(),
  operation: jsonOf(operation),
  refusal: jsonOf(refusal),
  state: z.enum(['pending', 'rejected']),
});

/** Operations that a person must look at, oldest first; of one form, or of all. */
export const attentionCards = (reads: Reads, form?: string): PlainCard[] =>
  reads
    .all(
      cardRow,
      `SELECT id, seq, form, form_number, made_at, operation, refusal, state FROM outbox
       WHERE ${needsAttention} AND (? IS NULL OR form = ?) ORDER BY seq`,
      ...[form ?? null, form ?? null],
    )
    .map((row) => ({
      id: row.id,
      form: row.form,
      formNumber: row.form_number,
      kind: row.operation.kind,
      madeAt: row.made_at,
      by: row.operation.by,
      payload: row.operation.payload,
      refusal: row.refusal,
      refusedBy: row.state === 'rejected' ? 'centre' : 'desk',
      centre: readServerForm(reads, row.form) ?? null,
      behind: row.state === 'rejected' ? waitingBehind(reads, row.form, row.seq) : { count: 0, first: [] },
    }));

/** How many of those that wait a card lists. */
const mostListed = 8;

const waitingRow = z.object({
  operation: jsonOf(operation),
  count: z.int(),
});

const waitingBehind = (reads: Reads, form: string, seq: number): PlainCard['behind'] => {
  const rows = reads.all(
    waitingRow,
    `SELECT operation, count(*) OVER () AS count FROM outbox
     WHERE form = ? AND state = 'pending' AND seq > ? AND ${isHeld} ORDER BY seq LIMIT ${mostListed}`,
    ...[form, seq],
  );
  return {
    count: rows[0]?.count ?? 0,
    first: rows.map(({ operation: { id, kind, madeAt, payload } }) => ({ id, kind, madeAt, payload })),
  };
};

const refusedRow = z.object({ operation: jsonOf(operation), form_number: z.string() });

/** Undefined: the centre has not refused it, or somebody has settled it. */
export const refusedOperation = (reads: Reads, id: string): RefusedOperation | undefined => {
  const row = reads.first(
    refusedRow,
    "SELECT operation, form_number FROM outbox WHERE id = ? AND state = 'rejected'",
    id,
  );
  return row && { operation: row.operation, formNumber: row.form_number };
};
