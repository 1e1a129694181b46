import type { Kysely, Transaction } from 'kysely';
import { v7 as newId } from 'uuid';
import type { Tables } from '../records/tables.ts';

/** What became of a thing that came in. */
export type TakenOutcome = 'opened' | 'threaded' | 'noted' | 'set-aside';

/** A mail or a scan seen once: under these ids everything about it is done, however often it is begun anew. */
export interface Begun {
  readonly fingerprint: string;
  /** The form it opens, should it open one. */
  readonly form: string;
  readonly operation: string;
  /** `null`: not all that is to be done about it is done. */
  readonly outcome: TakenOutcome | null;
  readonly hasProblem: boolean;
}

/**
 * A row stands before anything is done about what came in, and is settled after all is done: what a crash
 * leaves half done is done again under the same ids, which changes nothing that is done already.
 */
export const begin = async (db: Kysely<Tables>, fingerprint: string, now: number): Promise<Begun> => {
  await db
    .insertInto('taken_in')
    .values({ fingerprint, form: newId(), operation: newId(), taken_at: now, outcome: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom('taken_in')
    .selectAll()
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirstOrThrow();
  return {
    fingerprint: row.fingerprint,
    form: row.form,
    operation: row.operation,
    outcome: row.outcome,
    hasProblem: row.has_problem,
  };
};

export const settle = async (
  db: Kysely<Tables> | Transaction<Tables>,
  fingerprint: string,
  settled: { readonly outcome: TakenOutcome; readonly hasProblem: boolean },
): Promise<void> => {
  await db
    .updateTable('taken_in')
    .set({ outcome: settled.outcome, has_problem: settled.hasProblem })
    .where('fingerprint', '=', fingerprint)
    .execute();
};
