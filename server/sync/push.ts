import { z } from 'zod';
import type { PushResult } from '../../contract/sync.ts';
import { operation as operationSchema } from '../../domain/forms/operations.ts';
import type { ProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import type { LiveSession } from '../records/sessions.ts';
import { RecordsFailure, type SyncRecords } from './sync-transaction.ts';
import {
  type FormChanged,
  type Judging,
  type Sent,
  type Taken,
  type TakenBatch,
  takeOperations,
} from './take-operations.ts';

/**
 * Takes what a desk did, in the order it was sent, all of one push in one transaction of the records:
 * the forms, the changes and the operations with their outcomes are there together or not at all. An
 * outcome is final: a repeat of an applied operation is answered `repeated`, a repeat of a rejected one with
 * the refusal of the first time (take-operations.ts).
 *
 * Order. A desk numbers its operations (`seq`) and sends them ascending; pushes of one desk are
 * taken one after another (its row is locked). A gap is no error: a desk holds back what another
 * person made on it until that person signs in there again, so a lower `seq` may follow later. It
 * is applied then: what it would overwrite unseen, the domain refuses.
 *
 * Not recorded, so that the desk may send them again under the right session or another name: operations
 * of another author or another device (`not-allowed`), one whose number stands on another operation
 * (`sequence-taken`), what cannot be read at all (`unreadable`), and what is `postponed`.
 *
 * An operation that the code or the database chokes on holds back only what waits for it: the transaction
 * is undone, and its halves are taken each by itself, down to the one, which is answered `postponed`.
 */
export interface Push {
  /** Rejects with a `RecordsFailure` where the records are not to be reached: all is to be sent again. */
  readonly take: (operations: readonly unknown[], session: LiveSession) => Promise<PushOutcome>;
}

export interface PushOutcome {
  readonly results: readonly PushResult[];
}

export interface PushParts {
  readonly records: SyncRecords;
  readonly clock: () => number;
  readonly rules: ProcedureRules;
  /** Hears each change once its transaction is through. */
  readonly onChanged?: (change: FormChanged) => void;
  /** An operation, by its id, could not be taken: a bug of ours, or a value that the records cannot hold. */
  readonly onStuck: (operation: string, error: unknown) => void;
}

export const createPush = (parts: PushParts): Push => {
  const takeAtOnce = (sent: readonly Sent[], judging: Judging): Promise<TakenBatch> =>
    tried(() => parts.records.transaction((transaction) => takeOperations(transaction, sent, judging)));

  const takeAll = async (sent: readonly Sent[], judging: Judging): Promise<TakenBatch> => {
    let batch: TakenBatch;
    try {
      batch = await takeAtOnce(sent, judging);
    } catch (error) {
      if (error instanceof RecordsFailure && error.kind === 'unavailable') throw error;
      return takeApart(sent, judging, error);
    }
    for (const { change } of batch.taken) if (change) parts.onChanged?.(change);
    return batch;
  };

  const takeApart = async (sent: readonly Sent[], judging: Judging, error: unknown): Promise<TakenBatch> => {
    const [only, ...more] = sent;
    if (!only) throw error;
    if (more.length === 0) return stuck(only, judging, error);
    const middle = Math.ceil(sent.length / 2);
    const first = await takeAll(sent.slice(0, middle), judging);
    const second = await takeAll(sent.slice(middle), { ...judging, held: first.held });
    return { taken: [...first.taken, ...second.taken], held: second.held };
  };

  const stuck = (sent: Sent, { held }: Judging, error: unknown): TakenBatch => {
    if (!('operation' in sent)) throw error;
    const { id, form } = sent.operation;
    parts.onStuck(id, error);
    const taken: Taken = { result: { id, outcome: 'postponed', behind: null } };
    return { taken: [taken], held: new Map([[form, id], ...held]) };
  };

  return {
    take: async (operations, session) => {
      const sent = operations.map((one) => read(one, session));
      const author = { ...session.person, session: session.id };
      const now = parts.clock();
      const { taken } = await takeAll(sent, { author, now, rules: parts.rules, held: new Map() });
      return { results: taken.map(({ result }) => result) };
    },
  };
};

const mostTries = 4;

/** Anew where another transaction came in between, or the line to the records broke: what was written is seen then. */
const tried = async <Value>(work: () => Promise<Value>): Promise<Value> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RecordsFailure) || tries === mostTries) throw error;
    }
  }
};

const read = (sent: unknown, session: LiveSession): Sent => {
  const parsed = operationSchema.safeParse(sent);
  if (!parsed.success) return { ...readable(sent), refusal: { code: 'unreadable' } };
  const operation = parsed.data;
  const { id, form, by, device } = operation;
  if (by !== session.person.staffNumber) return { id, form, refusal: { code: 'not-allowed', right: 'sync.author' } };
  if (device !== session.device) return { id, form, refusal: { code: 'not-allowed', right: 'sync.device' } };
  return { operation };
};

const withId = z.object({ id: z.string().max(64) });
const withForm = z.object({ form: z.string().max(64) });

const readable = (sent: unknown): { readonly id: string; readonly form: string | undefined } => ({
  id: withId.safeParse(sent).data?.id ?? '',
  form: withForm.safeParse(sent).data?.form,
});
