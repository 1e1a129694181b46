import { PGlite } from '@electric-sql/pglite';
import { Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { form as formShape } from '../../contract/sync.ts';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import { newProcedure } from '../../domain/forms/procedure/procedure.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { createCentreForms } from '../forms/create-centre-forms.ts';
import { pullChanges } from '../sync/pull.ts';
import { type PostgresEngine, startPostgres } from './engines.fixture.ts';
import { migrations } from './migrations.ts';
import { connectionOf } from './one-connection.ts';
import { openPglite, openPostgres, type Records } from './open-records.ts';
import { poolOfOne } from './pool-of-one.ts';

let postgres: PostgresEngine;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres?.stop());

const odd = 'a\u0000b \ud83d';
const idOf = (n: number) => `019ab000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const { forwardedBy: _, idNumber: __, ...firstFields } = emptyComplaint;
const firstForm = (n: number) => ({
  id: idOf(n),
  number: `261124-0017-${String(n).padStart(3, '0')}-0`,
  status: 'draft',
  fields: { ...firstFields, channel: 'visit', text: odd },
  attachments: [],
  notes: [],
  calls: [],
  openedBy: '1001',
  openedAt: n,
  changedAt: n,
  history: [{ operation: idOf(n), kind: 'form.open', by: '1001', at: n }],
});

/** More than the upgrade takes in one go. */
const howMany = 503;

const fillFirstRecords = async (db: Kysely<unknown>): Promise<void> => {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateTo('0001-people-and-forms');
  if (error !== undefined) throw error;
  await sql`insert into staff (staff_number, name, roles, languages, password_hash, created_at)
    values ('1001', '李晓雯', '["junior-agent"]', '["zh"]', 'x', 0)`.execute(db);
  await sql`insert into devices (id, first_seen_at) values ('11111111-1111-4111-8111-111111111111', 0)`.execute(db);
  for (let at = 1; at <= howMany; at += 1) {
    const form = firstForm(at);
    await sql`insert into forms (id, number, status, contact_number, opened_by, opened_at, changed_at, cursor, form)
      values (${form.id}, ${form.number}, 'draft', '', '1001', ${at}, ${at}, ${at}, ${JSON.stringify(form)})`.execute(
      db,
    );
  }
  await sql`update change_cursor set cursor = ${howMany}`.execute(db);
};

const holdsFirstForms = async (records: Records): Promise<void> => {
  const { changes } = await pullChanges(records.db, 0, howMany);
  expect(changes).toHaveLength(howMany);
  for (const { form, cursor } of changes) {
    expect(formShape.parse(form)).toEqual({
      ...firstForm(cursor),
      kind: 'complaint',
      origin: { via: 'desk', channel: 'visit' },
      work: { state: 'none' },
      fields: { ...firstForm(cursor).fields, forwardedBy: '', idNumber: '' },
      transcript: '',
      callbackTries: [],
      checkBacks: [],
      received: [],
      procedure: newProcedure(cursor),
    });
  }
  expect(await records.db.selectFrom('devices').select('desk').orderBy('desk').execute()).toEqual([
    { desk: 0 },
    { desk: 1 },
  ]);
  const centre = createCentreForms({
    db: records.db,
    clock: () => 1_000,
    rules: usualProcedureRules,
  });
  expect((await centre.findByNumber('nonsense')) ?? null).toBeNull();
  expect(await centre.waiting()).toEqual({ text: 0, recording: 0 });
  await records.close();
};

test('P2 records of the first version are brought up to date with every form in them, on PGlite', async () => {
  const pglite = new PGlite();
  await fillFirstRecords(new Kysely({ dialect: new PostgresDialect({ pool: poolOfOne(connectionOf(pglite)) }) }));
  await holdsFirstForms(await openPglite(pglite));
}, 120_000);

test('P2 records of the first version are brought up to date with every form in them, on PostgreSQL', async () => {
  const url = await postgres.createDatabase();
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }) });
  await fillFirstRecords(db);
  await db.destroy();
  await holdsFirstForms(await openPostgres(url, 2));
}, 120_000);
