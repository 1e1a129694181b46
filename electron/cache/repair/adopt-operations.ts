import { z } from 'zod';
import { refusal as refusalShape } from '../../../contract/sync.ts';
import { operation as operationShape } from '../../../domain/forms/operations.ts';
import type { Author } from '../../../domain/forms/procedure/author.ts';
import { noteAttachment } from '../attachment-rows.ts';
import type { Writes } from '../database.ts';
import { jsonOf } from '../json-column.ts';
import { rebaseForm } from '../store/rebase-form.ts';
import { deskStoreOf } from '../store/sqlite-desk-store.ts';
import type { UnsentRow } from './unsent-work.ts';

const idRow = z.object({ id: z.string() });
const content = z.object({ operation: jsonOf(operationShape), refusal: jsonOf(refusalShape).nullable() });

export interface Adopted {
  readonly taken: number;
  /** Rows that this program cannot read: they stay in their file. */
  readonly unreadable: number;
}

/**
 * Puts operations of another cache of this person into this one, as this desk's own: their ids stay, by which
 * the centre knows what it has already; name and place are given anew. What this cache has is not taken twice.
 */
export const adoptOperations = (writes: Writes, rows: readonly UnsentRow[], author: Author): Adopted => {
  const store = deskStoreOf(writes);
  const touched = new Set<string>();
  let taken = 0;
  let unreadable = 0;
  for (const row of rows) {
    const read = content.safeParse(row);
    if (!read.success) {
      unreadable += 1;
      continue;
    }
    const { operation, refusal } = read.data;
    if (writes.first(idRow, 'SELECT id FROM outbox WHERE id = ?', operation.id)) continue;
    if (store.serverForm(operation.form)?.history.some((entry) => entry.operation === operation.id)) continue;
    const { device, nextSeq } = store.state();
    store.append({ ...operation, device, seq: nextSeq }, row.form_number);
    store.setState({ nextSeq: nextSeq + 1 });
    if (row.state === 'rejected' && refusal) store.reject(operation.id, refusal);
    // Whether its bytes are up is not known any more: the centre says at once that it has them.
    if (operation.kind === 'form.attach') noteAttachment(writes, operation.payload.sha256, operation.payload.size);
    touched.add(operation.form);
    taken += 1;
  }
  for (const form of touched) rebaseForm(store, form, author);
  return { taken, unreadable };
};
