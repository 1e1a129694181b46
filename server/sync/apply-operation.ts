import { sql, type Transaction } from 'kysely';
import type { PushResult } from '../../contract/sync.ts';
import type { Form, Refusal } from '../../domain/forms/form.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import { perform } from '../../domain/forms/perform.ts';
import type { Author } from '../../domain/forms/procedure/author.ts';
import { departmentsOf } from '../../domain/forms/procedure/department-view.ts';
import type { ProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { deskOf } from '../../domain/forms/procedure/stages.ts';
import { nextWarningAt } from '../../domain/forms/procedure/warnings.ts';
import { type Result, refused } from '../../domain/result.ts';
import { hearOperation } from '../knowledge/hear-operation.ts';
import { appendToChain } from '../records/operation-chain.ts';
import { storable } from '../records/storable.ts';
import type { Tables } from '../records/tables.ts';
import { writeFormKeys } from './form-keys.ts';

/** A form after an operation of anybody's. */
export interface FormChanged {
  /** Its place in the change log. */
  readonly cursor: number;
  readonly form: Form;
  readonly operation: string;
}

/** What became of an operation; `change` where it was applied now. */
export interface Taken {
  readonly result: PushResult;
  readonly change?: FormChanged;
}

/** In whose name an operation is taken. */
export interface OperationAuthor extends Author {
  readonly session: string;
}

/**
 * Takes one operation in the caller's transaction, a desk's or the centre's own. Locks in this order:
 * the device, the form, the change cursor; the last for as short as can be. Of two desks that claim one
 * form, the second waits for the form's lock and is refused by what the first has made of it. The cursor's row also
 * orders the audit trail: what is refused takes its lock as the very last, for its link alone.
 */
export const applyOperation = async (
  transaction: Transaction<Tables>,
  operation: Operation,
  author: OperationAuthor,
  now: number,
  rules: ProcedureRules,
): Promise<Taken> => {
  await transaction
    .updateTable('devices')
    .set({ last_seq: sql`greatest(last_seq, ${operation.seq})` })
    .where('id', '=', operation.device)
    .execute();
  const seen = await transaction
    .selectFrom('operations')
    .select(['id', 'device', 'seq', 'outcome', 'refusal'])
    .where((where) =>
      where.or([
        where.and([where('device', '=', operation.device), where('seq', '=', operation.seq)]),
        where('id', '=', operation.id),
      ]),
    )
    .execute();
  if (seen.length > 0) return { result: outcomeOfSeen(operation, seen) };

  const before = await transaction
    .selectFrom('forms')
    .select('form')
    .where('id', '=', operation.form)
    .forUpdate()
    .executeTakeFirst();
  const performed = perform(before?.form, operation, author, rules);
  const outcome = performed.ok && !before ? await claimNumber(transaction, performed.value, performed) : performed;

  const chained = {
    operation,
    outcome: outcome.ok ? ('applied' as const) : ('rejected' as const),
    refusal: outcome.ok ? null : outcome.error,
    receivedAt: now,
    session: author.session,
  };
  await transaction
    .insertInto('operations')
    .values({
      id: operation.id,
      device: operation.device,
      seq: operation.seq,
      form: operation.form,
      kind: operation.kind,
      made_by: operation.by,
      made_at: operation.madeAt,
      received_at: now,
      session: author.session,
      operation: JSON.stringify(operation),
      outcome: chained.outcome,
      refusal: outcome.ok ? null : JSON.stringify(outcome.error),
    })
    .execute();
  if (!outcome.ok) {
    await transaction.selectFrom('change_cursor').select('cursor').forUpdate().executeTakeFirstOrThrow();
    await appendToChain(transaction, operation.id, chained);
    return { result: rejected(operation.id, outcome.error) };
  }
  await hearOperation(transaction, operation, outcome.value, { roles: author.roles, now });
  const row = { form: outcome.value, warnAt: nextWarningAt(outcome.value, rules.deadlines) };
  const cursor = await writeChange(transaction, row, operation.id, before ? 'changed' : 'opened');
  await appendToChain(transaction, operation.id, chained);
  const change = { cursor, form: outcome.value, operation: operation.id };
  return { result: { id: operation.id, outcome: 'applied' }, change };
};

interface Seen {
  readonly id: string;
  readonly device: string;
  readonly seq: number;
  readonly outcome: 'applied' | 'rejected';
  readonly refusal: Refusal | null;
}

const outcomeOfSeen = (operation: Operation, seen: readonly Seen[]): PushResult => {
  const same = seen.find(
    (one) => one.id === operation.id && one.device === operation.device && one.seq === operation.seq,
  );
  // Another operation stands under this number: a desk restored from an old copy counts anew.
  if (!same) return rejected(operation.id, { code: 'sequence-taken' });
  return same.refusal ? rejected(operation.id, same.refusal) : { id: operation.id, outcome: 'repeated' };
};

/** A number stands on one form only; two desks with the same number could say it twice. */
const claimNumber = async (
  transaction: Transaction<Tables>,
  form: Form,
  performed: Result<Form, Refusal>,
): Promise<Result<Form, Refusal>> => {
  const taken = await transaction
    .selectFrom('forms')
    .select('id')
    .where('number', '=', storable(form.number))
    .executeTakeFirst();
  return taken ? refused({ code: 'form-exists' }) : performed;
};

/**
 * A position in the change log is taken by updating one row: the next transaction waits for this
 * one's end, so positions become visible in their own order and no reader ever passes one by.
 */
const writeChange = async (
  transaction: Transaction<Tables>,
  { form, warnAt }: { readonly form: Form; readonly warnAt: number | null },
  operationId: string,
  how: 'opened' | 'changed',
): Promise<number> => {
  const { cursor } = await transaction
    .updateTable('change_cursor')
    .set({ cursor: sql`cursor + 1` })
    .returning('cursor')
    .executeTakeFirstOrThrow();
  const row = {
    number: storable(form.number),
    kind: form.kind,
    status: form.status,
    work_state: form.work.state,
    inbox: form.work.state === 'none' ? null : form.work.inbox,
    stage: form.procedure.stage,
    desk: deskOf(form.kind, form.procedure.stage),
    next_warning_at: warnAt,
    contact_number: storable(form.fields.contactNumber),
    opened_by: form.openedBy,
    opened_at: form.openedAt,
    changed_at: form.changedAt,
    cursor,
    form: JSON.stringify(form),
  };
  // Never an upsert: of two desks opening the same form at once, one must fail and come again.
  if (how === 'opened')
    await transaction
      .insertInto('forms')
      .values({ id: form.id, ...row })
      .execute();
  else await transaction.updateTable('forms').set(row).where('id', '=', form.id).execute();
  await writeFormKeys(transaction, form);
  await writeFormDepartments(transaction, form);
  await writeFormAttachments(transaction, form);
  await transaction.insertInto('changes').values({ cursor, form: form.id, operation: operationId }).execute();
  return cursor;
};

/** Only ever added to: a department that has handed its order on is told so by the form's changes. */
const writeFormDepartments = async (transaction: Transaction<Tables>, form: Form): Promise<void> => {
  const departments = departmentsOf(form);
  if (departments.length === 0) return;
  await transaction
    .insertInto('form_departments')
    .values(departments.map((department) => ({ form: form.id, department })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

const writeFormAttachments = async (transaction: Transaction<Tables>, form: Form): Promise<void> => {
  if (form.attachments.length === 0) return;
  await transaction
    .insertInto('form_attachments')
    .values(form.attachments.map(({ sha256 }) => ({ form: form.id, sha256 })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

export const rejected = (id: string, refusal: Refusal): PushResult => ({ id, outcome: 'rejected', refusal });
