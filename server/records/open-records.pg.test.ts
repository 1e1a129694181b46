import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PostgresEngine, startPostgres } from './engines.fixture.ts';
import { openPostgres, type Records } from './open-records.ts';

let engine: PostgresEngine;
let records: Records;

beforeAll(async () => {
  engine = await startPostgres();
  records = await openPostgres(await engine.createDatabase(), 2);
}, 60_000);
afterAll(async () => {
  await records?.close();
  await engine?.stop();
});

test('P2 a connection that dies in the middle of a transaction fails that transaction, not the server', async () => {
  const transaction = records.db.transaction().execute(async (inside) => {
    const { pid } = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(inside)).rows[0] ?? { pid: 0 };
    await sql`select pg_terminate_backend(${pid})`.execute(records.db);
    // No query is under way when it dies: nobody but the connection itself can be told.
    await sleep(200);
    await sql`select 1`.execute(inside);
  });
  await expect(transaction).rejects.toThrow();
  expect((await sql<{ one: number }>`select 1 as one`.execute(records.db)).rows).toEqual([{ one: 1 }]);
});
