import { sql, type Transaction } from 'kysely';
import type { Form } from '../../domain/forms/form.ts';
import { departmentsOf } from '../../domain/forms/procedure/department-view.ts';
import { deskOf } from '../../domain/forms/procedure/stages.ts';
import { hearOperation } from '../knowledge/hear-operation.ts';
import { type ColumnsOf, insertRows, updateRows } from '../records/many-rows.ts';
import { linksAfter, readLastLink, writeLinks } from '../records/operation-chain.ts';
import { storable } from '../records/storable.ts';
import type { Tables } from '../records/tables.ts';
import { keysOf } from './form-keys.ts';
import { failureOf } from './records-failure.ts';
import type { JudgedOperation, SeenOperation, SyncTransaction, Written, WrittenForm } from './sync-transaction.ts';

/**
 * On one transaction of PostgreSQL or PGlite, read committed: a handful of statements however many operations. What can
 * be reckoned while the database is at one of them is reckoned then.
 */
export const sqlSyncTransaction = (transaction: Transaction<Tables>): SyncTransaction => ({
  lockDevice: (device, lastSeq) =>
    ask(async () => {
      await transaction
        .updateTable('devices')
        .set({ last_seq: sql`greatest(last_seq, ${lastSeq})` })
        .where('id', '=', device)
        .execute();
    }),

  seen: (operations) =>
    ask(async () => {
      const columns = sql`id, device, seq, operation, refusal`;
      // One `or` for both would use neither index.
      const { rows } = await sql<SeenOperation>`
        select ${columns} from operations where id = any(${operations.map(({ id }) => id)}::uuid[])
        union all
        select ${columns} from operations where (device, seq) in (select * from unnest(
          ${operations.map(({ device }) => device)}::uuid[], ${operations.map(({ seq }) => seq)}::bigint[]))
      `.execute(transaction);
      return [...new Map(rows.map((row) => [row.id, row])).values()];
    }),

  formsForUpdate: (ids) =>
    ask(async () => {
      const rows = await transaction
        .selectFrom('forms')
        .select('form')
        .where('id', '=', sql<string>`any(${ids}::uuid[])`)
        .orderBy('id')
        .forUpdate()
        .execute();
      return rows.map(({ form }) => form);
    }),

  numbersTaken: (numbers) =>
    ask(async () => {
      const rows = await transaction
        .selectFrom('forms')
        .select('number')
        .where('number', '=', sql<string>`any(${numbers.map(storable)}::text[])`)
        .execute();
      const taken = new Set(rows.map(({ number }) => number));
      return numbers.filter((number) => taken.has(storable(number)));
    }),

  keepOperations: (operations, { roles }) =>
    ask(async () => {
      // Two that record the same ones, sent from a desk and its copy, meet at the first and not crosswise.
      const inserted = insertRows(transaction, 'operations', operationColumns(operations.toSorted(byId)));
      await meanwhile(inserted, () => latestOf(operations).forEach(jsonOf));
      for (const { operation, form, receivedAt: now } of operations) {
        if (form) await hearOperation(transaction, operation, form, { roles, now });
      }
    }),

  takeCursors: (count) =>
    ask(async () => {
      const { cursor } = await transaction
        .updateTable('change_cursor')
        .set({ cursor: sql`cursor + ${count}` })
        .returning('cursor')
        .executeTakeFirstOrThrow();
      return cursor - count + 1;
    }),

  write: (written) =>
    ask(async () => {
      const last = await readLastLink(transaction);
      const forms = writeForms(transaction, written.forms);
      const links = await meanwhile(forms, () => linksAfter(last, written.operations));
      await writeChanges(transaction, written.changes);
      await writeLinks(transaction, links);
    }),
});

const ask = async <Value>(query: () => Promise<Value>): Promise<Value> => {
  try {
    return await query();
  } catch (error) {
    throw failureOf(error);
  }
};

/** What `work` comes to, once `asked` is there too; begun when the database has been told what is asked. */
const meanwhile = async <Value>(asked: Promise<unknown>, work: () => Value): Promise<Value> => {
  const [value] = await Promise.all([nextTurn().then(work), asked]);
  return value;
};

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const latestOf = (operations: readonly JudgedOperation[]): readonly Form[] => [
  ...new Map(operations.flatMap(({ form }) => (form ? [[form.id, form] as const] : []))).values(),
];

const jsons = new WeakMap<Form, string>();

/** Kept for as long as the form is, which never changes. */
const jsonOf = (form: Form): string => {
  const known = jsons.get(form);
  if (known !== undefined) return known;
  const json = JSON.stringify(form);
  jsons.set(form, json);
  return json;
};

const byId = ({ operation: one }: JudgedOperation, { operation: other }: JudgedOperation): number =>
  one.id < other.id ? -1 : 1;

const operationColumns = (judged: readonly JudgedOperation[]): ColumnsOf<'operations'> => {
  const operations = judged.map(({ operation }) => operation);
  return {
    id: { type: 'uuid', values: operations.map(({ id }) => id) },
    device: { type: 'uuid', values: operations.map(({ device }) => device) },
    seq: { type: 'bigint', values: operations.map(({ seq }) => seq) },
    form: { type: 'uuid', values: operations.map(({ form }) => form) },
    kind: { type: 'text', values: operations.map(({ kind }) => kind) },
    made_by: { type: 'text', values: operations.map(({ by }) => by) },
    made_at: { type: 'bigint', values: operations.map(({ madeAt }) => madeAt) },
    received_at: { type: 'bigint', values: judged.map(({ receivedAt }) => receivedAt) },
    session: { type: 'uuid', values: judged.map(({ session }) => session) },
    operation: { type: 'json', values: operations.map((operation) => JSON.stringify(operation)) },
    outcome: { type: 'text', values: judged.map(({ refusal }) => (refusal ? 'rejected' : 'applied')) },
    refusal: { type: 'json', values: judged.map(({ refusal }) => (refusal ? JSON.stringify(refusal) : '')) },
  };
};

const writeForms = async (transaction: Transaction<Tables>, forms: readonly WrittenForm[]): Promise<void> => {
  // Never an upsert: of two desks opening the same form at once, one must fail and come again.
  const opened = forms.filter(({ before }) => !before);
  if (opened.length > 0) await insertRows(transaction, 'forms', formColumns(opened));
  const changed = forms.filter(({ before }) => before);
  if (changed.length > 0) await updateRows(transaction, 'forms', formColumns(changed));
  await writeFormKeys(transaction, forms);
  await writeFormDepartments(transaction, forms);
  await writeFormAttachments(transaction, forms);
};

const formColumns = (written: readonly WrittenForm[]) => {
  const forms = written.map(({ form }) => form);
  return {
    id: { type: 'uuid', values: forms.map(({ id }) => id) },
    number: { type: 'text', values: forms.map(({ number }) => storable(number)) },
    kind: { type: 'text', values: forms.map(({ kind }) => kind) },
    status: { type: 'text', values: forms.map(({ status }) => status) },
    work_state: { type: 'text', values: forms.map(({ work }) => work.state) },
    inbox: { type: 'text', values: forms.map(({ work }) => (work.state === 'none' ? null : work.inbox)) },
    stage: { type: 'text', values: forms.map(({ procedure }) => procedure.stage) },
    desk: { type: 'text', values: forms.map(({ kind, procedure }) => deskOf(kind, procedure.stage)) },
    next_warning_at: { type: 'bigint', values: written.map(({ warnAt }) => warnAt) },
    contact_number: { type: 'text', values: forms.map(({ fields }) => storable(fields.contactNumber)) },
    opened_by: { type: 'text', values: forms.map(({ openedBy }) => openedBy) },
    opened_at: { type: 'bigint', values: forms.map(({ openedAt }) => openedAt) },
    changed_at: { type: 'bigint', values: forms.map(({ changedAt }) => changedAt) },
    cursor: { type: 'bigint', values: written.map(({ cursor }) => cursor) },
    form: { type: 'json', values: forms.map(jsonOf) },
  } as const satisfies ColumnsOf<'forms'>;
};

const writeChanges = async (transaction: Transaction<Tables>, changes: Written['changes']): Promise<void> => {
  if (changes.length === 0) return;
  await insertRows(transaction, 'changes', {
    cursor: { type: 'bigint', values: changes.map(({ cursor }) => cursor) },
    form: { type: 'uuid', values: changes.map(({ form }) => form) },
    operation: { type: 'uuid', values: changes.map(({ operation }) => operation) },
  });
};

/** Keys are only ever added: what once led to a form leads to it for good. */
const writeFormKeys = async (transaction: Transaction<Tables>, forms: readonly WrittenForm[]): Promise<void> => {
  const rows = addedTo(forms, keysOf);
  if (rows.length === 0) return;
  const columns = {
    key: { type: 'text', values: rows.map(({ value }) => value) },
    form: { type: 'uuid', values: rows.map(({ form }) => form) },
  } as const;
  await insertRows(transaction, 'form_keys', columns, 'nothing');
};

/** Only ever added to: a department that has handed its order on is told so by the form's changes. */
const writeFormDepartments = async (transaction: Transaction<Tables>, forms: readonly WrittenForm[]): Promise<void> => {
  const rows = addedTo(forms, departmentsOf);
  if (rows.length === 0) return;
  const columns = {
    form: { type: 'uuid', values: rows.map(({ form }) => form) },
    department: { type: 'text', values: rows.map(({ value }) => value) },
  } as const;
  await insertRows(transaction, 'form_departments', columns, 'nothing');
};

const writeFormAttachments = async (transaction: Transaction<Tables>, forms: readonly WrittenForm[]): Promise<void> => {
  const rows = addedTo(forms, ({ attachments }) => attachments.map(({ sha256 }) => sha256));
  if (rows.length === 0) return;
  const columns = {
    form: { type: 'uuid', values: rows.map(({ form }) => form) },
    sha256: { type: 'text', values: rows.map(({ value }) => value) },
  } as const;
  await insertRows(transaction, 'form_attachments', columns, 'nothing');
};

/** What the forms have now and had not before. */
const addedTo = (
  forms: readonly WrittenForm[],
  of: (form: WrittenForm['form']) => readonly string[],
): readonly { readonly form: string; readonly value: string }[] =>
  forms.flatMap(({ form, before }) => {
    const had = new Set(before ? of(before) : []);
    return of(form)
      .filter((value) => !had.has(value))
      .map((value) => ({ form: form.id, value }));
  });
