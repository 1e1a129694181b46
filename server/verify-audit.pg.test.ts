import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PostgresEngine, startPostgres } from './records/engines.fixture.ts';
import { openEmbedded, openPostgres, type Records } from './records/open-records.ts';
import { readChainHead } from './records/verify-chain.ts';
import { agent, newId, pushInto, signInAt } from './sync/push.fixture.ts';

let postgres: PostgresEngine;
let folder: string;
beforeAll(async () => {
  postgres = await startPostgres();
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-verify-'));
}, 60_000);
afterAll(async () => {
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | string;
  readonly said: string;
}

const verify = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, 'verify-audit.ts'), ...args], (error, out, errors) =>
      resolve({ code: error ? (error.code ?? 'killed') : 0, said: out + errors }),
    );
  });

const takeThree = async (records: Records): Promise<string> => {
  const desk = await signInAt(records, agent);
  const form = newId();
  const operations = [desk.open(form), ...['一', '二'].map((text) => desk.make('form.note', form, { text }))];
  await pushInto(records, { clock: () => 1_000 }).take(operations, desk.session);
  const { length, hash } = await readChainHead(records.db);
  return `${length}:${hash}`;
};

const tamper = async (records: Records): Promise<void> => {
  await sql`alter table operations disable trigger all`.execute(records.db);
  await sql`update operations set received_at = 7 where kind = 'form.open'`.execute(records.db);
  await records.close();
};

test('audit:verify tells the head of a data folder, holds it to a noted one, and ends with 1 once it was touched', async () => {
  const records = join(folder, 'records');
  const kept = await openEmbedded(records);
  const head = await takeThree(kept);
  await kept.close();
  expect(await verify('--data', folder)).toEqual({
    code: 0,
    said: `the audit trail fits: 3 operations, head ${head.slice(2)}\n`,
  });
  expect(await verify('--data', folder, '--head', head)).toMatchObject({ code: 0 });
  expect(await verify('--data', folder, '--head', `4:${head.slice(2)}`)).toMatchObject({ code: 1 });
  await tamper(await openEmbedded(records));
  const touched = await verify('--data', folder);
  expect(touched.code).toBe(1);
  expect(touched.said).toContain('does not fit at position 1: hash-differs');
  expect(await verify('--data', join(folder, 'nowhere'))).toMatchObject({ code: 2 });
}, 120_000);

test('audit:verify looks at PostgreSQL by its URL, beside a server that works on it', async () => {
  const url = await postgres.createDatabase();
  const records = await openPostgres(url, 2);
  const head = await takeThree(records);
  expect(await verify('--database-url', url)).toEqual({
    code: 0,
    said: `the audit trail fits: 3 operations, head ${head.slice(2)}\n`,
  });
  await tamper(records);
  expect(await verify('--database-url', url)).toMatchObject({ code: 1 });
  expect(await verify('--database-url', 'postgres://nobody@127.0.0.1:1/none')).toMatchObject({ code: 2 });
}, 120_000);
