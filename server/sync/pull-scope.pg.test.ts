import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../contract/http.ts';
import { seenByDepartment } from '../../domain/forms/procedure/department-view.ts';
import { type Role, roles } from '../../domain/people/roles.ts';
import { type Engine, engines } from '../records/engines.fixture.ts';
import type { Records } from '../records/open-records.ts';
import { pullChanges } from './pull.ts';
import { agent, newId, pushInto, seniorAgent, signInAt, type TestDesk } from './push.fixture.ts';
import type { Push } from './push.ts';

const shops: Person = {
  ...{ staffNumber: '7001', name: '营业厅', languages: ['zh'] },
  ...{ roles: ['department'], department: 'shops' },
};
const billing: Person = { ...shops, staffNumber: '7002', name: '账务', department: 'billing' };

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;
  let push: Push;
  let junior: TestDesk;
  let senior: TestDesk;

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
    push = pushInto(records, { clock: () => 1_000 });
    junior = await signInAt(records, agent);
    senior = await signInAt(records, seniorAgent);
  }, 60_000);

  afterAll(async () => {
    await records?.close();
    await engine?.stop();
  });

  const outcomes = async (desk: TestDesk, ...operations: readonly unknown[]) =>
    (await push.take(operations, desk.session)).results.map((result) =>
      result.outcome === 'rejected' ? result.refusal.code : result.outcome,
    );
  const head = async (): Promise<number> =>
    (await records.db.selectFrom('change_cursor').select('cursor').executeTakeFirstOrThrow()).cursor;
  const pulled = async (after: number, person: Pick<Person, 'roles' | 'department'>) =>
    (await pullChanges(records.db, after, 100, person)).changes.map(({ form }) => form);

  const recorded = async (): Promise<string> => {
    const form = newId();
    const from = { contactNumber: '', complaintType: null, text: '', idNumber: '' } as const;
    const to = { contactNumber: '13900001111', complaintType: 'other', text: '态度差', idNumber: '340202' } as const;
    await outcomes(junior, junior.open(form), junior.make('form.edit', form, { from, to }));
    return form;
  };
  const order = (by: TestDesk, form: string, department: string, id = crypto.randomUUID()) => ({
    id,
    operation: by.make('form.order', form, { order: id, type: 'dispatch', department, text: '请核实', follows: null }),
  });

  test('S4 a department pulls the forms whose orders it has, with its own orders alone', async () => {
    const before = await head();
    const [both, proposed, other] = [await recorded(), await recorded(), await recorded()];
    const forShops = order(senior, both, 'shops');
    const forBilling = order(senior, both, 'billing');
    await outcomes(
      senior,
      forShops.operation,
      forBilling.operation,
      senior.make('form.note', both, { text: '用户是老客户' }),
      order(senior, other, 'billing').operation,
    );
    expect(await outcomes(junior, order(junior, proposed, 'shops').operation)).toEqual(['applied']);

    const [seen, ...others] = await pulled(before, shops);
    expect(others).toEqual([]);
    expect(seen).toMatchObject({
      ...{ id: both, notes: [], fields: { text: '态度差', idNumber: '' } },
      procedure: { orders: [{ id: forShops.id, department: 'shops' }] },
    });
    const text = JSON.stringify(seen);
    for (const hidden of [forBilling.id, 'billing', '用户是老客户', '340202']) expect(text).not.toContain(hidden);
    expect((await pulled(before, billing)).map(({ id }) => id)).toEqual([both, other]);
    // A department log-in for which none was set has no orders that could be its own.
    expect(await pulled(before, { roles: ['department'] })).toEqual([]);
  });

  test('S4 what a department does reaches the form, and another’s order it does not touch', async () => {
    const before = await head();
    const form = await recorded();
    const forShops = order(senior, form, 'shops');
    await outcomes(senior, forShops.operation);
    const atShops = await signInAt(records, shops);
    const atBilling = await signInAt(records, billing);
    const answer = { order: forShops.id, text: '已批评教育' };
    expect(await outcomes(atBilling, atBilling.make('form.answer-order', form, answer))).toEqual(['not-your-order']);
    expect(await outcomes(atShops, atShops.make('form.answer-order', form, answer))).toEqual(['applied']);
    const [whole] = await pulled(before, seniorAgent);
    expect(whole?.procedure).toMatchObject({ stage: 'reply-check', orders: [{ answer: { by: '7001' } }] });
  });

  test('S4 handed on, an order goes to the other department, and the first is told that it is gone', async () => {
    const form = await recorded();
    const forShops = order(senior, form, 'shops');
    await outcomes(senior, forShops.operation);
    const before = await head();
    const atShops = await signInAt(records, shops);
    const onward = { order: forShops.id, department: 'billing', reason: '账务问题' };
    expect(await outcomes(atShops, atShops.make('form.hand-on-order', form, onward))).toEqual(['applied']);
    expect((await pulled(before, shops)).map(({ id, procedure }) => [id, procedure.orders])).toEqual([[form, []]]);
    expect((await pulled(before, billing)).map(({ procedure }) => procedure.orders.map(({ id }) => id))).toEqual([
      [forShops.id],
    ]);
  });

  test('S4 page by page a department misses none of its forms', async () => {
    const before = await head();
    const own: string[] = [];
    for (let count = 0; count < 6; count += 1) {
      const form = await recorded();
      await outcomes(senior, order(senior, form, count % 2 === 0 ? 'shops' : 'billing').operation);
      if (count % 2 === 0) own.push(form);
    }
    const found: string[] = [];
    let page = await pullChanges(records.db, before, 1, shops);
    found.push(...page.changes.map(({ form }) => form.id));
    while (page.more) {
      page = await pullChanges(records.db, page.cursor, 1, shops);
      found.push(...page.changes.map(({ form }) => form.id));
    }
    expect(found).toEqual(own);
  });

  test('S4 what others do takes a department along in the change log, though it is told nothing of it', async () => {
    const before = await head();
    const form = await recorded();
    await outcomes(senior, order(senior, form, 'billing').operation);
    expect(await pullChanges(records.db, before, 100, shops)).toEqual({
      ...{ changes: [], more: false },
      cursor: await head(),
    });
    for (let count = 0; count < 2; count += 1)
      await outcomes(senior, order(senior, await recorded(), 'shops').operation);
    const page = await pullChanges(records.db, before, 1, shops);
    expect(page).toMatchObject({ more: true, cursor: page.changes[0]?.cursor });
    expect(page.cursor).toBeLessThan(await head());
  });

  test('S4 D1 agents, managers, data admins and supervisors pull every form whole', async () => {
    const before = await head();
    const form = await recorded();
    await outcomes(senior, order(senior, form, 'shops').operation, order(senior, form, 'billing').operation);
    await outcomes(senior, senior.make('form.note', form, { text: '用户是老客户' }));
    const readers: readonly Role[] = roles.filter((role) => !['department', 'installer', 'centre'].includes(role));
    expect(readers).toContain('data-admin');
    for (const role of readers) {
      const [whole, ...others] = await pulled(before, { roles: [role] });
      expect(others).toEqual([]);
      expect(whole?.procedure.orders.map(({ department }) => department)).toEqual(['shops', 'billing']);
      expect(whole?.notes).toHaveLength(1);
      expect(whole && seenByDepartment(whole, 'shops').procedure.orders).toHaveLength(1);
    }
    // Who is an agent besides sees what agents see.
    const [both] = await pulled(before, { roles: ['department', 'junior-agent'], department: 'shops' });
    expect(both?.procedure.orders).toHaveLength(2);
  });
});
