import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { createCentreForms } from '../forms/create-centre-forms.ts';
import { agent, newId, otherAgent, pushInto, signInAt } from '../sync/push.fixture.ts';
import type { Push } from '../sync/push.ts';
import { type Engine, engines } from './engines.fixture.ts';
import type { Records } from './open-records.ts';
import { linkOf } from './operation-chain.ts';
import { chainWhatIsThere } from './upgrade-chain.ts';
import { readChainHead, verifyChain } from './verify-chain.ts';

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;
  let push: Push;
  let now = 0;

  beforeAll(async () => {
    engine = await start();
  }, 60_000);
  afterAll(() => engine?.stop());

  beforeEach(async () => {
    records = await engine.open();
    now = 1_000;
    push = pushInto(records, { clock: () => ++now });
    return () => records.close();
  }, 60_000);

  /** Ten operations of one desk, the fourth of them refused. */
  const tenOperations = async (): Promise<readonly string[]> => {
    const desk = await signInAt(records, agent);
    const form = newId();
    const notes = Array.from({ length: 7 }, (_, at) =>
      desk.make('form.note', form, { text: `\u0000 第 ${at} 条 \ud83d` }),
    );
    const refused = desk.make('form.split', newId(), {});
    const operations = [desk.open(form), ...notes.slice(0, 2), refused, ...notes.slice(2)];
    operations.push(desk.make('form.note', form, { text: '末' }));
    // At ten different times.
    for (const operation of operations) await push.take([operation], desk.session);
    return operations.map(({ id }) => id);
  };
  /** As one who has the database's own password could. */
  const behindItsBack = async (change: ReturnType<typeof sql>): Promise<void> =>
    records.db.connection().execute(async (db) => {
      await sql`set session_replication_role = replica`.execute(db);
      await change.execute(db);
      await sql`set session_replication_role = default`.execute(db);
    });

  test('every operation is chained, what was refused too, and what reads them finds that all fits', async () => {
    await tenOperations();
    const verified = await verifyChain(records.db, undefined);
    expect(verified).toEqual({ ok: true, value: await readChainHead(records.db) });
    expect(verified).toMatchObject({ ok: true, value: { length: 10 } });
    expect(await records.db.selectFrom('operations').select('id').where('outcome', '=', 'rejected').execute()).toEqual([
      expect.anything(),
    ]);
  });

  test('a repeat is not chained again', async () => {
    const desk = await signInAt(records, agent);
    const operation = desk.open(newId());
    await push.take([operation], desk.session);
    await push.take([operation], desk.session);
    expect(await readChainHead(records.db)).toMatchObject({ length: 1 });
  });

  test('desks and the centre that write at once, and are refused at once, make one unbroken chain', async () => {
    const desks = await Promise.all([agent, otherAgent, agent, otherAgent].map((person) => signInAt(records, person)));
    const shared = newId();
    const [first] = desks;
    if (!first) throw new Error('no desk');
    await push.take([first.open(shared)], first.session);
    const centre = createCentreForms({
      db: records.db,
      clock: () => ++now,
      rules: usualProcedureRules,
    });
    const each = desks.map(async (desk) => {
      for (let at = 0; at < 12; at += 1) {
        const form = newId();
        await push.take(
          [desk.open(form), desk.make('form.split', form, {}), desk.make('form.note', shared, { text: `${at}` })],
          desk.session,
        );
      }
    });
    const byCentre = Array.from({ length: 12 }, () =>
      centre.perform({ operation: newId(), form: shared, kind: 'form.note', payload: { text: '来电' } }),
    );
    await Promise.all([...each, ...byCentre]);
    expect(await verifyChain(records.db, undefined)).toMatchObject({ ok: true, value: { length: 1 + 4 * 36 + 12 } });
  }, 60_000);

  test.each([
    ['an operation rewritten', sql`update operations set operation = replace(operation::text, '第', '笫')::json`],
    ['an outcome turned', sql`update operations set outcome = 'rejected', refusal = '{"code":"unreadable"}'`],
    ['a time moved', sql`update operations set received_at = received_at - 1`],
  ])('%s is found at its place', async (_what, change) => {
    const ids = await tenOperations();
    await behindItsBack(sql`${change} where id = ${ids[5]}`);
    expect(await verifyChain(records.db, undefined)).toEqual({
      ok: false,
      error: { position: 6, operation: ids[5], fault: 'hash-differs' },
    });
  });

  test('a column that says another author than the operation is found at its place', async () => {
    const ids = await tenOperations();
    await signInAt(records, otherAgent);
    await behindItsBack(sql`update operations set made_by = ${otherAgent.staffNumber} where id = ${ids[2]}`);
    expect(await verifyChain(records.db, undefined)).toMatchObject({
      error: { position: 3, operation: ids[2], fault: 'columns-differ' },
    });
  });

  test('an operation dropped is found at its place, with its link or without', async () => {
    const ids = await tenOperations();
    await behindItsBack(sql`delete from operations where id = ${ids[6]}`);
    expect(await verifyChain(records.db, undefined)).toMatchObject({
      error: { position: 7, operation: ids[6], fault: 'operation-missing' },
    });
    await behindItsBack(sql`delete from operation_chain where operation = ${ids[6]}`);
    expect(await verifyChain(records.db, undefined)).toMatchObject({ error: { position: 7, fault: 'link-missing' } });
  });

  test('an operation slipped in is found before the first that came after it', async () => {
    const ids = await tenOperations();
    const slipped = randomUUID();
    await behindItsBack(sql`insert into operations
      select ${slipped}, device, 9999, form, kind, made_by, made_at, received_at, session, operation, outcome, refusal
      from operations where id = ${ids[3]}`);
    expect(await verifyChain(records.db, undefined)).toEqual({
      ok: false,
      error: { position: 5, operation: slipped, fault: 'not-chained' },
    });
  });

  test('two operations that changed places are found at the first of them', async () => {
    const ids = await tenOperations();
    await behindItsBack(
      sql`update operation_chain set position = 1000 + position where operation in (${ids[4]}, ${ids[8]})`,
    );
    await behindItsBack(sql`update operation_chain set position = 1014 - position where position > 1000`);
    expect(await verifyChain(records.db, undefined)).toMatchObject({ error: { position: 5, operation: ids[8] } });
  });

  test('a chain cut off at its end, or made anew, does not fit a head that was noted before', async () => {
    const ids = await tenOperations();
    const noted = await readChainHead(records.db);
    await behindItsBack(sql`delete from operation_chain where position > 8`);
    await behindItsBack(sql`delete from operations where id in (${ids[8]}, ${ids[9]})`);
    expect(await verifyChain(records.db, undefined)).toMatchObject({ ok: true, value: { length: 8 } });
    expect(await verifyChain(records.db, noted)).toMatchObject({ error: { position: 9, fault: 'link-missing' } });
    await behindItsBack(sql`update operations set received_at = received_at + 1 where id = ${ids[0]}`);
    await behindItsBack(sql`delete from operation_chain`);
    await behindItsBack(sql`alter table operation_chain disable trigger all`);
    await chainWhatIsThere(records.db);
    const anew = await readChainHead(records.db);
    expect(await verifyChain(records.db, undefined)).toEqual({ ok: true, value: anew });
    expect(await verifyChain(records.db, { ...noted, length: 8 })).toMatchObject({
      error: { position: 8, fault: 'head-differs' },
    });
  });

  test('nobody changes, drops or empties the chain through the front door', async () => {
    await tenOperations();
    for (const change of [
      sql`update operation_chain set hash = repeat('0', 64)`,
      sql`delete from operation_chain`,
      sql`truncate operation_chain`,
    ]) {
      await expect(change.execute(records.db)).rejects.toThrow('append-only');
    }
  });

  test('an upgrade chains what was taken before, in the order it was received', async () => {
    const ids = await tenOperations();
    const chained = await readChainHead(records.db);
    await behindItsBack(sql`delete from operation_chain`);
    await behindItsBack(sql`alter table operation_chain disable trigger all`);
    await chainWhatIsThere(records.db);
    expect(await readChainHead(records.db)).toEqual(chained);
    const order = await records.db.selectFrom('operation_chain').select('operation').orderBy('position').execute();
    expect(order.map(({ operation }) => operation)).toEqual(ids);
  });
});

test('a link is the same whichever order the keys of an operation came in', () => {
  const chained = { outcome: 'applied', refusal: null, receivedAt: 1, session: 's' } as const;
  const one = linkOf('0', { ...chained, operation: { a: 1, b: { c: [1, { x: 1, y: 2 }], d: null } } });
  expect(linkOf('0', { ...chained, operation: { b: { d: null, c: [1, { y: 2, x: 1 }] }, a: 1 } })).toBe(one);
  expect(linkOf('0', { ...chained, operation: { a: 1, b: { c: [{ x: 1, y: 2 }, 1], d: null } } })).not.toBe(one);
});
