import { PGlite } from '@electric-sql/pglite';
import { Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PostgresEngine, startPostgres } from './engines.fixture.ts';
import { migrations } from './migrations.ts';
import { connectionOf } from './one-connection.ts';
import { openPglite, openPostgres } from './open-records.ts';
import { poolOfOne } from './pool-of-one.ts';
import type { Tables } from './tables.ts';

describe('migrations', () => {
  let postgres: PostgresEngine;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 60_000);
  afterAll(() => postgres?.stop());

  test('records brought up step by step look like fresh ones, on both engines', async () => {
    const pglite = new PGlite();
    await stepByStep(new Kysely({ dialect: new PostgresDialect({ pool: poolOfOne(connectionOf(pglite)) }) }));
    const url = await postgres.createDatabase();
    const stepping = new Kysely<unknown>({
      dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }),
    });
    await stepByStep(stepping);
    const shapes = [];
    for (const records of [
      await openPglite(pglite),
      await openPostgres(url, 2),
      await openPglite(new PGlite()),
      await postgres.open(),
    ]) {
      shapes.push(await shapeOf(records.db));
      await records.close();
    }
    await stepping.destroy();
    const [first, ...others] = shapes;
    expect(first?.length).toBeGreaterThan(50);
    for (const other of others) expect(other).toEqual(first);
  }, 60_000);

  test('records of a newer server are refused, not touched', async () => {
    const url = await postgres.createDatabase();
    const newer = await openPostgres(url, 2);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '')`.execute(newer.db);
    await newer.close();
    await expect(openPostgres(url, 2)).rejects.toThrow('could not be brought up to date');
  });

  test('two servers that start at once on one database migrate it once', async () => {
    const url = await postgres.createDatabase();
    const both = await Promise.all([openPostgres(url, 2), openPostgres(url, 2)]);
    for (const records of both) {
      expect(await records.db.selectFrom('change_cursor').selectAll().execute()).toHaveLength(1);
      await records.close();
    }
  });
});

const stepByStep = async (db: Kysely<unknown>): Promise<void> => {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  for (const _step of Object.keys(migrations)) {
    const { error } = await migrator.migrateUp();
    if (error !== undefined) throw error;
  }
};

const shapeOf = async (db: Kysely<Tables>): Promise<readonly unknown[]> => {
  const columns = await sql`
    select table_name, column_name, data_type, is_nullable, column_default, is_identity
    from information_schema.columns where table_schema = 'public' order by 1, 2`.execute(db);
  const constraints = await sql`
    select conrelid::regclass::text as "table", conname, pg_get_constraintdef(oid) as definition
    from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2`.execute(db);
  const indexes = await sql`select indexname, indexdef from pg_indexes where schemaname = 'public' order by 1`.execute(
    db,
  );
  const triggers = await sql`
    select event_object_table, trigger_name, event_manipulation
    from information_schema.triggers order by 1, 2, 3`.execute(db);
  return [...columns.rows, ...constraints.rows, ...indexes.rows, ...triggers.rows];
};
