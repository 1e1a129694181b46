import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { PushResult } from '../../contract/sync.ts';
import { operation as operationSchema } from '../../domain/forms/operations.ts';
import { type ProcedureRules, usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import type { LiveSession } from '../records/sessions.ts';
import type { Tables } from '../records/tables.ts';
import { applyOperation, type FormChanged, rejected, type Taken } from './apply-operation.ts';

/**
 * Takes what a desk did, in the order it was sent, each operation in a transaction of its own:
 * seen before? allowed? domain function; then the form, the change and the operation with its
 * outcome are written together. An outcome is final: a repeat of an applied operation is answered
 * `repeated`, a repeat of a rejected one with the refusal of the first time.
 *
 * Order. A desk numbers its operations (`seq`) and sends them ascending; pushes of one desk are
 * taken one after another (its row is locked). A gap is no error: a desk holds back what another
 * person made on it until that person signs in there again, so a lower `seq` may follow later. It
 * is applied then: what it would overwrite unseen, the domain refuses.
 *
 * Not recorded, so that the desk may send them again under the right session: operations of
 * another author or another device (`not-allowed`), and what cannot be read at all (`unreadable`).
 */
export interface Push {
  readonly take: (operations: readonly unknown[], session: LiveSession) => Promise<PushOutcome>;
}

export interface PushOutcome {
  readonly results: readonly PushResult[];
  /** Where the change log now ends, if this push made it longer. */
  readonly cursor: number | undefined;
}

export const createPush = (parts: {
  readonly db: Kysely<Tables>;
  readonly clock: () => number;
  readonly rules?: ProcedureRules;
  /** Hears each change once its transaction is through. */
  readonly onChanged?: (change: FormChanged) => void;
}): Push => {
  const takeOne = async (sent: unknown, session: LiveSession): Promise<Taken> => {
    const parsed = operationSchema.safeParse(sent);
    if (!parsed.success) return { result: rejected(readableId(sent), { code: 'unreadable' }) };
    const operation = parsed.data;
    if (operation.by !== session.person.staffNumber) {
      return { result: rejected(operation.id, { code: 'not-allowed', right: 'sync.author' }) };
    }
    if (operation.device !== session.device) {
      return { result: rejected(operation.id, { code: 'not-allowed', right: 'sync.device' }) };
    }
    const author = { ...session.person, session: session.id };
    return parts.db
      .transaction()
      .execute((transaction) =>
        applyOperation(transaction, operation, author, parts.clock(), parts.rules ?? usualProcedureRules),
      );
  };
  return {
    take: async (operations, session) => {
      const results: PushResult[] = [];
      let cursor: number | undefined;
      for (const sent of operations) {
        const taken = await takeOne(sent, session);
        results.push(taken.result);
        if (!taken.change) continue;
        cursor = taken.change.cursor;
        parts.onChanged?.(taken.change);
      }
      return { results, cursor };
    },
  };
};

const withId = z.object({ id: z.string().max(64) });

const readableId = (sent: unknown): string => {
  const parsed = withId.safeParse(sent);
  return parsed.success ? parsed.data.id : '';
};
