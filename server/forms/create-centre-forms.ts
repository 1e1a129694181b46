import { type Kysely, sql, type Transaction } from 'kysely';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import type { Form, Refusal } from '../../domain/forms/form.ts';
import { dayOfNumber, formNumber } from '../../domain/forms/form-number.ts';
import { type Operation, operation as operationSchema } from '../../domain/forms/operations.ts';
import { channelOf } from '../../domain/forms/origin.ts';
import type { ProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { centreStaffNumber, type Role } from '../../domain/people/roles.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import { createListeners } from '../listeners.ts';
import type { Tables } from '../records/tables.ts';
import { sqlSyncTransaction } from '../sync/sql-sync-transaction.ts';
import { type FormChanged, takeOperations } from '../sync/take-operations.ts';
import type { CentreForms } from './centre-forms.ts';
import { findForms } from './find-forms.ts';

/** The centre's place among the devices: number 0 on its forms. */
const centreDesk = 0;
const roles: readonly Role[] = ['centre'];

export interface CentreFormsParts {
  readonly db: Kysely<Tables>;
  readonly clock: () => number;
  readonly rules: ProcedureRules;
}

/** `CentreForms`, and the way in which what desks have changed is told to its listeners. */
export const createCentreForms = (
  parts: CentreFormsParts,
): CentreForms & { readonly tellChanged: (change: FormChanged) => void } => {
  const { db, clock } = parts;
  const listeners = createListeners<FormChanged>();
  const find = findForms(db);

  /** `number` is called for inside the transaction, once it is sure that nothing is done twice. */
  const author = async (
    envelope: { readonly operation: string; readonly form: string },
    kindAndPayload: (number: () => string) => object,
  ): Promise<Result<Form, Refusal>> => {
    const madeAt = clock();
    const made = (device: string, seq: number, number: string): unknown => ({
      id: envelope.operation,
      device,
      seq,
      form: envelope.form,
      madeAt,
      by: centreStaffNumber,
      ...kindAndPayload(() => number),
    });
    const readable = operationSchema.safeParse(made(someDevice, 1, someNumber));
    if (!readable.success) return refused({ code: 'unreadable' });
    const done = await db.transaction().execute(async (transaction) => {
      const centre = await lockCentre(transaction);
      const before = await outcomeBefore(transaction, readable.data);
      if (before) return { outcome: before };
      const number = readable.data.kind === 'form.open' ? await takeNumber(transaction, madeAt) : someNumber;
      const operation = operationSchema.parse(made(centre.device, centre.lastSeq + 1, number));
      const author = { session: centre.session, roles };
      const judging = { author, now: madeAt, rules: parts.rules, held: new Map() };
      const [taken] = (await takeOperations(sqlSyncTransaction(transaction), [{ operation }], judging)).taken;
      if (taken?.change) return { outcome: ok(taken.change.form), change: taken.change };
      if (taken?.result.outcome === 'rejected') return { outcome: refused(taken.result.refusal) };
      throw new Error('an operation of the centre was taken for a repeat after it was looked for');
    });
    if (done.change) listeners.tell(done.change);
    return done.outcome;
  };

  return {
    open: ({ form, operation, kind, origin, fields, attachments }) =>
      author({ form, operation }, (number) => ({
        kind: 'form.open',
        payload: {
          number: number(),
          kind,
          origin,
          fields: { ...emptyComplaint, channel: channelOf(origin), ...fields },
          attachments,
        },
      })),
    perform: ({ operation, form, kind, payload }) => author({ form, operation }, () => ({ kind, payload })),
    ...find,
    onChanged: listeners.add,
    tellChanged: listeners.tell,
  };
};

/** To see whether a request can be read before anything is locked for it. */
const someDevice = '00000000-0000-4000-8000-000000000000';
const someNumber = formNumber({ day: '000101', desk: centreDesk, count: 1 });

interface Centre {
  readonly device: string;
  readonly session: string;
  readonly lastSeq: number;
}

/** One operation of the centre at a time, however many servers share the records: its row is the lock. */
const lockCentre = async (transaction: Transaction<Tables>): Promise<Centre> => {
  const { id, last_seq } = await transaction
    .selectFrom('devices')
    .select(['id', 'last_seq'])
    .where('desk', '=', centreDesk)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const session = await transaction
    .selectFrom('sessions')
    .select('id')
    .where('device', '=', id)
    .where('staff_number', '=', centreStaffNumber)
    .executeTakeFirstOrThrow();
  return { device: id, session: session.id, lastSeq: last_seq };
};

/**
 * What became of it when it was asked for the first time. A form of the centre's own that is there
 * already counts as opened, under whichever operation.
 */
const outcomeBefore = async (
  transaction: Transaction<Tables>,
  { id, form, kind }: Operation,
): Promise<Result<Form, Refusal> | undefined> => {
  const seen = await transaction.selectFrom('operations').select(['refusal']).where('id', '=', id).executeTakeFirst();
  if (seen?.refusal) return refused(seen.refusal);
  if (!seen && kind !== 'form.open') return undefined;
  const there = await transaction
    .selectFrom('forms')
    .select(['form', 'opened_by'])
    .where('id', '=', form)
    .executeTakeFirst();
  if (seen && !there) return refused({ code: 'sequence-taken' });
  return there && (seen || there.opened_by === centreStaffNumber) ? ok(there.form) : undefined;
};

const takeNumber = async (transaction: Transaction<Tables>, at: number): Promise<string> => {
  const day = dayOfNumber(new Date(at));
  const { count } = await transaction
    .insertInto('centre_numbers')
    .values({ day, count: 1 })
    .onConflict((conflict) => conflict.column('day').doUpdateSet({ count: sql`centre_numbers.count + 1` }))
    .returning('count')
    .executeTakeFirstOrThrow();
  return formNumber({ day, desk: centreDesk, count });
};
