import type { PushResult } from '../../contract/sync.ts';
import type { Form, Refusal } from '../../domain/forms/form.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import { perform } from '../../domain/forms/perform.ts';
import type { Author } from '../../domain/forms/procedure/author.ts';
import type { ProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { nextWarningAt } from '../../domain/forms/procedure/warnings.ts';
import { freeNumbers } from './free-numbers.ts';
import { outcomesBefore } from './outcomes-before.ts';
import type { JudgedOperation, SyncTransaction, WrittenForm } from './sync-transaction.ts';

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

/** An operation as it was sent; or one that is turned away before it is judged, of which nothing is recorded. */
export type Sent =
  | { readonly operation: Operation }
  | { readonly id: string; readonly form: string | undefined; readonly refusal: Refusal };

export interface Judging {
  readonly author: OperationAuthor;
  /** ms since the epoch, the centre's clock. */
  readonly now: number;
  readonly rules: ProcedureRules;
  /** Forms that wait, and behind which operation. */
  readonly held: ReadonlyMap<string, string>;
}

export interface TakenBatch {
  /** One for each that was sent, in the same order. */
  readonly taken: readonly Taken[];
  /** Forms that wait from now on: what is sent of them in the same push is to be taken with these. */
  readonly held: ReadonlyMap<string, string>;
}

/**
 * Takes operations of one device, in their order, in one transaction of the records.
 *
 * Seen before is what stands recorded under the same id and says the same, whatever device and number it
 * comes under now: a desk restored from a backup or copied from another has a new name and sends again
 * what the other may have sent. It is answered `repeated`, or with the refusal of the first time.
 *
 * Behind an operation that is refused, now or before, the later ones of the same form wait (`postponed`):
 * they were made on a form that is not there, and a person settles the refused one first.
 *
 * Two operations may be given one form number where a disk was copied. The second form opens under
 * the number with a suffix (`-2`, `-3`, …): a talk that was held is no less to be recorded.
 */
export const takeOperations = async (
  transaction: SyncTransaction,
  sent: readonly Sent[],
  { author, now, rules, held: heldBefore }: Judging,
): Promise<TakenBatch> => {
  const operations = sent.flatMap((one) => ('operation' in one ? [one.operation] : []));
  const [first] = operations;
  if (first) await transaction.lockDevice(first.device, Math.max(...operations.map(({ seq }) => seq)));
  const before = outcomesBefore(first ? await transaction.seen(operations) : []);
  const known = new Map(operations.map((one) => [one, before.of(one)]));
  const unseen = operations.filter((one) => !known.get(one) && !heldBefore.has(one.form));
  const found = unseen.length > 0 ? await transaction.formsForUpdate(formsOf(unseen)) : [];
  const stored = new Map(found.map((form) => [form.id, form]));
  const numbers = await freeNumbers(transaction, unseen);

  const forms = new Map(stored);
  const held = new Map(heldBefore);
  const judged: JudgedOperation[] = [];

  const refuse = (id: string, form: string | undefined, refusal: Refusal): PushResult => {
    if (form !== undefined && !held.has(form)) held.set(form, id);
    return rejected(id, refusal);
  };
  const judge = async (one: Sent): Promise<PushResult> => {
    if (!('operation' in one)) return refuse(one.id, one.form, one.refusal);
    const { operation } = one;
    const { id } = operation;
    const outcome = known.get(operation) ?? before.of(operation);
    if (outcome) return outcome.refusal ? refuse(id, operation.form, outcome.refusal) : { id, outcome: 'repeated' };
    const behind = held.get(operation.form);
    if (behind !== undefined) return { id, outcome: 'postponed', behind };
    const form = forms.get(operation.form);
    const performed = perform(form, form ? operation : await numbers.freeOf(operation), author, rules);
    const refusal = performed.ok ? null : performed.error;
    judged.push({
      operation,
      refusal,
      form: performed.ok ? performed.value : null,
      receivedAt: now,
      session: author.session,
    });
    before.note({ ...operation, operation, refusal });
    if (!performed.ok) return refuse(id, operation.form, performed.error);
    forms.set(operation.form, performed.value);
    numbers.take(performed.value.number);
    return { id, outcome: 'applied' };
  };

  const results: PushResult[] = [];
  for (const one of sent) results.push(await judge(one));
  const changes = await write(transaction, judged, { author, rules, stored });
  return {
    taken: results.map((result) => {
      const change = result.outcome === 'applied' && changes.get(result.id);
      return change ? { result, change } : { result };
    }),
    held,
  };
};

/** Answers the changes by their operations. */
const write = async (
  transaction: SyncTransaction,
  judged: readonly JudgedOperation[],
  { author, rules, stored }: Pick<Judging, 'author' | 'rules'> & { readonly stored: ReadonlyMap<string, Form> },
): Promise<ReadonlyMap<string, FormChanged>> => {
  if (judged.length === 0) return new Map();
  const applied = judged.flatMap(({ operation, form }) => (form ? [{ operation: operation.id, form }] : []));
  await transaction.keepOperations(judged, author);
  const firstCursor = await transaction.takeCursors(applied.length);
  const changes = applied.map((one, at): FormChanged => ({ ...one, cursor: firstCursor + at }));
  const latest = new Map(changes.map((change) => [change.form.id, change]));
  const forms = [...latest.values()].map(
    ({ form, cursor }): WrittenForm => ({
      form,
      before: stored.get(form.id),
      cursor,
      warnAt: nextWarningAt(form, rules.deadlines),
    }),
  );
  await transaction.write({
    operations: judged,
    forms,
    changes: changes.map(({ cursor, form, operation }) => ({ cursor, form: form.id, operation })),
  });
  return new Map(changes.map((change) => [change.operation, change]));
};

const formsOf = (operations: readonly Operation[]): readonly string[] => [
  ...new Set(operations.map(({ form }) => form)),
];

export const rejected = (id: string, refusal: Refusal): PushResult => ({ id, outcome: 'rejected', refusal });
