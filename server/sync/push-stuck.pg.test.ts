import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { type Engine, engines } from '../records/engines.fixture.ts';
import type { Records } from '../records/open-records.ts';
import { verifyChain } from '../records/verify-chain.ts';
import { agent, newId, pushInto, seniorAgent, signInAt } from './push.fixture.ts';
import { createPush, type Push } from './push.ts';
import { sqlSyncRecords } from './sql-sync-records.ts';

describe.each(engines)('on $engine', ({ start, engine: name }) => {
  let engine: Engine;
  let records: Records;
  let push: Push;
  let stuck: { readonly operation: string; readonly error: unknown }[] = [];
  let changed: string[] = [];

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
    push = pushInto(records, {
      clock: () => 1_000,
      onStuck: (operation, error) => stuck.push({ operation, error }),
      onChanged: ({ operation }) => changed.push(operation),
    });
  }, 60_000);
  afterAll(async () => {
    await records?.close();
    await engine?.stop();
  });
  beforeEach(() => {
    stuck = [];
    changed = [];
  });

  const outcomes = async (operations: readonly unknown[], session: Parameters<Push['take']>[1]) =>
    (await push.take(operations, session)).results.map(({ outcome }) => outcome);

  test('P2 an operation that the records cannot hold holds back its own form and no other', async () => {
    const desk = await signInAt(records, agent);
    const [form, ...others] = Array.from({ length: 12 }, () => newId());
    if (form === undefined) throw new Error('no form');
    // A readable version, and more than an integer of PostgreSQL.
    const used = { article: crypto.randomUUID(), version: 2 ** 40, helped: null, text: '' };
    const poison = desk.make('form.use-article', form, used);
    const behind = desk.make('form.note', form, { text: 'behind it' });
    const batch = [
      desk.open(form),
      ...others.slice(0, 6).map(desk.open),
      poison,
      ...others.slice(6).map(desk.open),
      behind,
    ];
    const expected = batch.map((operation) => (operation === poison || operation === behind ? 'postponed' : 'applied'));
    expect(await outcomes(batch, desk.session)).toEqual(expected);
    expect(stuck).toEqual([{ operation: poison.id, error: expect.objectContaining({ code: '22003' }) }]);
    expect(changed).toEqual(batch.filter((one) => one !== poison && one !== behind).map(({ id }) => id));
    const { results } = await push.take(batch, desk.session);
    expect(results.at(-1)).toEqual({ id: behind.id, outcome: 'postponed', behind: poison.id });
    expect(results.find(({ id }) => id === poison.id)).toEqual({ id: poison.id, outcome: 'postponed', behind: null });
    const counted = await records.db.selectFrom('operations').select('id').where('form', '=', form).execute();
    expect(counted).toHaveLength(1);
    // Once it can be held, or is given up, the rest goes on.
    expect(await outcomes([{ ...poison, payload: { ...used, version: 1 } }, behind], desk.session)).toEqual([
      'applied',
      'applied',
    ]);
  });

  test('P2 a fault in the code of one operation is its own', async () => {
    const desk = await signInAt(records, seniorAgent);
    const forms = [newId(), newId()];
    const batch = forms.flatMap((form) => [desk.open(form), desk.make('form.note', form, { text: form })]);
    const real = sqlSyncRecords(records.db);
    const faulty = createPush({
      ...{ clock: () => 1_000, rules: usualProcedureRules, onStuck: () => undefined },
      records: {
        ...real,
        transaction: (work) =>
          real.transaction((transaction) =>
            work({
              ...transaction,
              formsForUpdate: async (ids) => {
                if (ids.includes(forms[0] ?? '')) throw new TypeError('a bug');
                return transaction.formsForUpdate(ids);
              },
            }),
          ),
      },
    });
    const answers = (await faulty.take(batch, desk.session)).results;
    expect(answers.map(({ outcome }) => outcome)).toEqual(['postponed', 'postponed', 'applied', 'applied']);
    expect(answers[1]).toMatchObject({ behind: batch[0]?.id });
    expect(await outcomes(batch, desk.session)).toEqual(['applied', 'applied', 'repeated', 'repeated']);
  });

  test.runIf(name === 'PostgreSQL')(
    'P2 a push whose connection is cut is taken on another, each operation once',
    async () => {
      const desk = await signInAt(records, agent);
      const forms = Array.from({ length: 200 }, () => newId());
      const batches = forms.map((form) => [desk.open(form), desk.make('form.note', form, { text: '1' })]);
      let pushing = true;
      const cutting = (async () => {
        while (pushing) {
          await sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`
            .execute(records.db)
            .catch(() => undefined);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      })();
      let failed = 0;
      for (const batch of batches) {
        for (;;) {
          const answers = await outcomes(batch, desk.session).catch(() => undefined);
          if (answers) {
            expect(answers.every((one) => one === 'applied' || one === 'repeated')).toBe(true);
            break;
          }
          failed += 1;
        }
      }
      pushing = false;
      await cutting;
      expect(stuck).toEqual([]);
      expect(failed).toBeLessThan(batches.length);
      const notes = await records.db.selectFrom('forms').select('form').where('id', 'in', forms).execute();
      expect(notes.map(({ form }) => form.notes.length)).toEqual(forms.map(() => 1));
      expect((await verifyChain(records.db, undefined)).ok).toBe(true);
    },
    60_000,
  );

  test('a change or a link that names what is not there is refused, and no form is ever deleted', async () => {
    const desk = await signInAt(records, agent);
    const form = newId();
    const refused = desk.make('form.submit', form, {});
    expect(await outcomes([desk.open(form), refused], desk.session)).toEqual(['applied', 'rejected']);
    for (const loose of [
      sql`insert into changes values (999999, ${form}, ${newId()})`,
      sql`insert into changes values (999999, ${newId()}, ${refused.id})`,
      sql`insert into operation_chain values (999999, ${newId()}, repeat('0', 64))`,
    ]) {
      await expect(loose.execute(records.db)).rejects.toThrow('not there');
    }
    await expect(sql`delete from forms`.execute(records.db)).rejects.toThrow('append-only');
    await expect(
      sql`insert into operation_chain select 999999, id, repeat('0', 63) || 'g' from operations limit 1`.execute(
        records.db,
      ),
    ).rejects.toThrow('check');
  });
});
