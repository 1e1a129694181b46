import type { PGlite } from '@electric-sql/pglite';
import { Kysely, Migrator, PostgresDialect, type PostgresPool, sql } from 'kysely';
import pg from 'pg';
import { migrations } from './migrations.ts';
import { connectionOf, type OneConnection } from './one-connection.ts';
import { startPgliteThread } from './pglite-thread.ts';
import { poolOfOne } from './pool-of-one.ts';
import type { Tables } from './tables.ts';

/** The records, migrated to the newest step: one SQL on two engines. */
export interface Records {
  readonly db: Kysely<Tables>;
  /** Vacuum and checkpoint, where the engine does not see to them by itself. */
  readonly tidyUp: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export const openPostgres = async (url: string, connections: number): Promise<Records> => {
  const pool = openPool(url, connections);
  return { ...(await migrated(pool)), tidyUp: async () => undefined };
};

/** PGlite in a folder, in a thread of its own. */
export const openEmbedded = async (folder: string): Promise<Records> => openOne(await startPgliteThread(folder));

/** PGlite as given, for tests in memory. */
export const openPglite = (pglite: PGlite): Promise<Records> => openOne(connectionOf(pglite));

/** Records as they stand, not migrated: to look at, while a server of another version may be at work on them. */
export const lookIntoRecords = async (
  where: { readonly url: string } | { readonly folder: string },
): Promise<Pick<Records, 'db' | 'close'>> => {
  const pool = 'url' in where ? openPool(where.url, 1) : poolOfOne(await startPgliteThread(where.folder));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, close: () => db.destroy() };
};

/**
 * A connection that dies, idle or in the middle of a transaction, is replaced at the next query: unheard, its error
 * ends the process. Whoever was using it hears of it from their next query.
 */
const openPool = (url: string, connections: number): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    types: valueTypes,
    connectionTimeoutMillis: 5_000,
  });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};

const openOne = async (connection: OneConnection): Promise<Records> => {
  const { db, close } = await migrated(poolOfOne(connection));
  return {
    db,
    close,
    // A single-user PostgreSQL starts neither by itself: its write-ahead log would only grow.
    tidyUp: () =>
      db.connection().execute(async (one) => {
        await sql`vacuum analyze`.execute(one);
        await sql`checkpoint`.execute(one);
      }),
  };
};

const migrated = async (pool: PostgresPool): Promise<Pick<Records, 'db' | 'close'>> => {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await db.destroy();
    throw new Error('the records could not be brought up to date', { cause: error });
  }
  return { db, close: () => db.destroy() };
};

/** Counts and times are far below 2^53: bigint columns are plain numbers. */
const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: (id, format) =>
    id === pg.types.builtins.INT8
      ? Number
      : format === 'binary'
        ? pg.types.getTypeParser(id, 'binary')
        : pg.types.getTypeParser(id),
};
