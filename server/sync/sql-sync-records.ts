import { type Kysely, sql } from 'kysely';
import type { Scope } from '../../domain/sync/scope.ts';
import type { Tables } from '../records/tables.ts';
import { pullChanges } from './pull.ts';
import { failureOf } from './records-failure.ts';
import { sqlSyncTransaction } from './sql-sync-transaction.ts';
import type { SyncRecords } from './sync-transaction.ts';

/** For a lock, where what is held already may be what its owner waits for. */
const longestWaitMs = 100;

/** The records of the centre, on PostgreSQL or on PGlite. */
export const sqlSyncRecords = (db: Kysely<Tables>): SyncRecords => ({
  transaction: async (work, { mayWait } = { mayWait: true }) => {
    let thrownByWork: { readonly error: unknown } | undefined;
    try {
      return await db.transaction().execute(async (transaction) => {
        try {
          if (!mayWait) await sql.raw(`set local lock_timeout = ${longestWaitMs}`).execute(transaction);
          return await work(sqlSyncTransaction(transaction));
        } catch (error) {
          thrownByWork = { error };
          throw error;
        }
      });
    } catch (error) {
      // What its beginning or its commit throws is the records' own.
      throw thrownByWork?.error === error ? error : failureOf(error);
    }
  },
  changesAfter: (cursor, limit, scope) => pullChanges(db, cursor, limit, readerOf(scope)),
});

const readerOf = (scope: Scope): Parameters<typeof pullChanges>[3] =>
  scope === 'all'
    ? undefined
    : { roles: ['department'], ...(scope === 'none' ? {} : { department: scope.slice('department:'.length) }) };
