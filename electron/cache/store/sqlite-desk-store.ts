import { z } from 'zod';
import { form as formShape, refusal as refusalShape, scope } from '../../../contract/sync.ts';
import type { Form } from '../../../domain/forms/form.ts';
import type { FormRules } from '../../../domain/forms/form-row.ts';
import { operation as operationShape } from '../../../domain/forms/operations.ts';
import type { ProcedureRules } from '../../../domain/forms/procedure/procedure-rules.ts';
import type { Reads, Writes } from '../database.ts';
import { putSentForms, readFormRules, removeForm, writeForm } from '../form-row.ts';
import { jsonOf } from '../json-column.ts';
import { emptyFormIndex } from '../search/form-index.ts';
import type { DeskStore, SyncState } from './desk-store.ts';

const stateRow = z.object({
  device: z.uuid(),
  next_seq: z.int().positive(),
  cursor: z.int().nonnegative(),
  scope: z.union([scope, z.literal('').transform((): 'unknown' => 'unknown')]).nullable(),
  fill_head: z.int().nullable(),
  fill_before: z.int().nullable(),
  fill_done: z.int(),
  fill_total: z.int(),
});
const operationRow = z.object({ operation: jsonOf(operationShape) });
const formRow = z.object({ form: jsonOf(formShape) });
const cursorRow = z.object({ cursor: z.int() });
const one = z.object({ one: z.int() });
const idRow = z.object({ id: z.string() });
const formIdRow = z.object({ form: z.string() });

/** The desk's disk as it is: the cache's tables, within one of its transactions. */
export const deskStoreOf = (writes: Writes): DeskStore => {
  let state: SyncState | undefined;
  let rules: FormRules | undefined;
  const formRules = (): FormRules => {
    rules ??= readFormRules(writes);
    return rules;
  };
  const readState = (): SyncState => {
    state ??= stateOf(writes);
    return state;
  };
  const operations = (sql: string, ...values: (string | number)[]) =>
    writes.all(operationRow, sql, ...values).map((row) => row.operation);

  return {
    state: readState,
    setState: (changed) => {
      const next = { ...readState(), ...changed };
      state = next;
      writes.run(
        `UPDATE meta SET device = ?, next_seq = ?, cursor = ?, scope = ?,
                         fill_head = ?, fill_before = ?, fill_done = ?, fill_total = ?`,
        ...[next.device, next.nextSeq, next.cursor, next.scope === 'unknown' ? '' : next.scope],
        ...[next.fill?.head ?? null, next.fill?.before ?? null, next.fill?.done ?? 0, next.fill?.total ?? 0],
      );
    },
    rules: (): ProcedureRules => formRules().procedures,

    append: (made, formNumber) =>
      writes.run(
        `INSERT INTO outbox (seq, id, form, form_number, kind, made_at, operation, state)
         VALUES (?, ?, ?, ?, ?, ?, ?, 'pending')`,
        ...[made.seq, made.id, made.form, formNumber, made.kind, made.madeAt, JSON.stringify(made)],
      ),
    noteContact: ({ server, here }) =>
      writes.run('UPDATE meta SET clock_offset_ms = ?, last_contact_at = ?', server - here, here),
    sendable: (by, limit, without) =>
      operations(
        `SELECT operation FROM outbox
         WHERE state = 'pending' AND operation ->> 'by' = ? AND form NOT IN (SELECT value FROM json_each(?))
           AND NOT ${isHeld} ORDER BY seq LIMIT ?`,
        ...[by, JSON.stringify([...without]), limit],
      ),
    pending: () => operations("SELECT operation FROM outbox WHERE state = 'pending' ORDER BY seq"),
    standingOn: (form) =>
      operations(
        "SELECT operation FROM outbox WHERE form = ? AND state IN ('pending', 'acknowledged') ORDER BY seq",
        form,
      ),
    isShown: (form, id) =>
      writes.first(
        one,
        `SELECT 1 AS one FROM forms
         WHERE id = ? AND cursor IS NOT NULL AND instr(coalesce(server_form, form), ?) > 0`,
        ...[form, id],
      ) !== undefined,
    touched: () =>
      new Set(
        writes
          .all(idRow, "SELECT DISTINCT form AS id FROM outbox WHERE state IN ('pending', 'acknowledged')")
          .map(({ id }) => id),
      ),
    acknowledge: (id) =>
      writes.run("UPDATE outbox SET state = 'acknowledged', refusal = NULL WHERE id = ? AND state = 'pending'", id),
    reject: (id, reason) =>
      writes.run(
        "UPDATE outbox SET state = 'rejected', refusal = ? WHERE id = ? AND state = 'pending'",
        ...[JSON.stringify(reason), id],
      ),
    // Only what the centre has refused can be put away: a pending operation is still going to be sent.
    dismiss: (id) => writes.run("UPDATE outbox SET state = 'dismissed' WHERE id = ? AND state = 'rejected'", id),
    renumber: (seq, renamed) =>
      writes.run('UPDATE outbox SET seq = ?, operation = ? WHERE seq = ?', renamed.seq, JSON.stringify(renamed), seq),
    markBlocked: (form, blocked) => {
      writes.run("UPDATE outbox SET refusal = NULL WHERE form = ? AND state = 'pending' AND refusal IS NOT NULL", form);
      for (const [id, reason] of blocked) {
        writes.run(
          "UPDATE outbox SET refusal = ? WHERE id = ? AND state = 'pending'",
          ...[JSON.stringify(refusalShape.parse(reason)), id],
        );
      }
    },
    forgetTakenIn: (form, shown) => {
      const sql = "SELECT id FROM outbox WHERE form = ? AND state = 'acknowledged'";
      for (const { id } of writes.all(idRow, sql, form)) {
        if (shown.has(id)) writes.run('DELETE FROM outbox WHERE id = ?', id);
      }
    },

    screenForm: (id) => writes.first(formRow, 'SELECT form FROM forms WHERE id = ?', id)?.form,
    serverForm: (id) => readServerForm(writes, id),
    serverCursor: (id) =>
      writes.first(cursorRow, 'SELECT cursor FROM forms WHERE id = ? AND cursor IS NOT NULL', id)?.cursor,
    putServerForm: (form, cursor) => {
      if (!writes.first(one, 'SELECT 1 AS one FROM forms WHERE id = ?', form.id)) writeForm(writes, form, formRules());
      writes.run('UPDATE forms SET cursor = ?, server_form = ? WHERE id = ?', cursor, JSON.stringify(form), form.id);
    },
    keepServerForm: (id) =>
      writes.run('UPDATE forms SET server_form = coalesce(server_form, form) WHERE id = ? AND cursor IS NOT NULL', id),
    putScreenForm: (form) => writeForm(writes, form, formRules()),
    removeScreenForm: (id) => removeForm(writes, id),
    putSharedForm: (form, cursor) => {
      // What was done here comes back as it is on the screen: its row and its place in the search stand.
      const same = writes.first(
        one,
        'SELECT 1 AS one FROM forms WHERE id = ? AND form = ?',
        form.id,
        JSON.stringify(form),
      );
      if (!same) writeForm(writes, form, formRules());
      writes.run('UPDATE forms SET cursor = ?, server_form = NULL WHERE id = ?', cursor, form.id);
    },
    putSentForms: (sent) => putSentForms(writes, sent),
    forgetUntouchedForms: () => {
      const untouched = `NOT EXISTS (
        SELECT 1 FROM outbox WHERE outbox.form = forms.id AND state IN ('pending', 'acknowledged', 'rejected'))`;
      writes.run(`DELETE FROM forms WHERE ${untouched}`);
      emptyFormIndex(writes);
      writes.run('UPDATE forms SET cursor = 0 WHERE cursor IS NOT NULL');
    },
    forgetStrays: () => {
      const stray = `cursor = 0 AND NOT EXISTS (
        SELECT 1 FROM outbox WHERE outbox.form = forms.id AND state IN ('pending', 'rejected'))`;
      writes.run(`DELETE FROM outbox WHERE state = 'acknowledged' AND form IN (SELECT id FROM forms WHERE ${stray})`);
      forgetWhere(writes, stray);
    },
    forgetUnbrought: () => {
      const forms = writes.all(
        formIdRow,
        `SELECT DISTINCT form FROM outbox WHERE state = 'acknowledged'
           AND NOT EXISTS (SELECT 1 FROM forms WHERE id = outbox.form AND cursor > 0)
           AND NOT EXISTS (
             SELECT 1 FROM outbox AS own WHERE own.form = outbox.form AND own.state IN ('pending', 'rejected'))`,
      );
      for (const { form } of forms) {
        writes.run("DELETE FROM outbox WHERE form = ? AND state = 'acknowledged'", form);
        removeForm(writes, form);
      }
      return new Set(forms.map(({ form }) => form));
    },
  };
};

/** The centre's state of a form, kept of its own only where this desk's operations stand on it. */
export const readServerForm = (reads: Reads, id: string): Form | undefined =>
  reads.first(formRow, 'SELECT coalesce(server_form, form) AS form FROM forms WHERE id = ? AND cursor IS NOT NULL', id)
    ?.form;

/** SQL that tells of an operation in `outbox` that it waits behind a refused one of its form. */
export const isHeld = `EXISTS (SELECT 1 FROM outbox AS refused
  WHERE refused.form = outbox.form AND refused.state = 'rejected' AND refused.seq < outbox.seq)`;

const forgetWhere = (writes: Writes, condition: string): void => {
  for (const { id } of writes.all(idRow, `SELECT id FROM forms WHERE ${condition}`)) removeForm(writes, id);
};

const stateOf = (writes: Writes): SyncState => {
  const row = writes.first(
    stateRow,
    'SELECT device, next_seq, cursor, scope, fill_head, fill_before, fill_done, fill_total FROM meta',
  );
  if (!row) throw new Error('the cache has no meta row');
  const fill =
    row.fill_head === null
      ? null
      : { head: row.fill_head, before: row.fill_before, done: row.fill_done, total: row.fill_total };
  return { device: row.device, nextSeq: row.next_seq, cursor: row.cursor, scope: row.scope, fill };
};
