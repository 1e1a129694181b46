import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeadlineRules } from '../../domain/deadlines/deadline-rules.ts';
import { afterWorkingMs } from '../../domain/deadlines/working-time.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import type { CentreForms } from '../forms/centre-forms.ts';
import { createCentreForms } from '../forms/create-centre-forms.ts';
import { type Engine, engines } from '../records/engines.fixture.ts';
import type { Records } from '../records/open-records.ts';
import { newId, pushInto, seniorAgent, signInAt, type TestDesk } from '../sync/push.fixture.ts';
import { watchDeadlines } from './watch-deadlines.ts';

const hourMs = 3_600_000;
const usual = usualProcedureRules.deadlines;
/** A Monday. Two working days from it leave 25 hours of office hours. */
const sentAt = Date.parse('2026-11-23T10:30:00+08:00');
const afterHours = (hours: number): number => afterWorkingMs(sentAt, hours * hourMs, usual);
const [half, fourFifths, over] = [afterHours(12.5), afterHours(20), afterHours(25) + 1];

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;
  let senior: TestDesk;
  let now = sentAt;

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
    senior = await signInAt(records, seniorAgent);
  }, 60_000);
  afterAll(async () => {
    await records?.close();
    await engine?.stop();
  });

  /** A centre that has just started, with nothing in its memory. */
  const started = (
    rules: DeadlineRules = usual,
    between: (forms: CentreForms) => Pick<CentreForms, 'perform'> = (it) => it,
  ) => {
    const { db } = records;
    const clock = () => now;
    const forms = createCentreForms({
      db,
      clock,
      rules: { ...usualProcedureRules, deadlines: rules },
    });
    const trouble: string[] = [];
    const say = (facts: object) => trouble.push(JSON.stringify(facts));
    const watch = watchDeadlines({ db, forms: between(forms), rules, clock, log: { warn: say, error: say } });
    return { ...watch, trouble };
  };
  const does = async (...operations: ReturnType<TestDesk['make']>[]) => {
    const push = pushInto(records, { clock: () => now });
    const { results } = await push.take(
      operations.map((operation) => ({ ...operation, madeAt: now })),
      senior.session,
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(operations.map(() => 'applied'));
  };
  const orderOn = (form: string, order: string) =>
    senior.make('form.order', form, {
      order,
      type: 'dispatch',
      department: 'shops',
      text: '请核实营业员服务态度',
      follows: null,
    });
  /** A complaint about staff, dispatched on Monday at 10:30. */
  const dispatched = async () => {
    now = sentAt;
    const [form, order] = [newId(), randomUUID()];
    const filled = {
      callerName: '赵敏',
      contactNumber: '13900001111',
      text: '营业员态度差',
      complaintType: 'staff-conduct',
    };
    const empty = { callerName: '', contactNumber: '', text: '', complaintType: null };
    await does(
      senior.open(form),
      senior.make('form.edit', form, { from: empty, to: { ...filled, complaintType: 'staff-conduct' } }),
      orderOn(form, order),
    );
    return { form, order };
  };
  const formNow = async (id: string) =>
    (await records.db.selectFrom('forms').select('form').where('id', '=', id).executeTakeFirstOrThrow()).form;
  const taken = async (id: string) => {
    const { procedure, history } = await formNow(id);
    return {
      steps: procedure.orders.map(({ deadline }) => deadline?.warnings.map(({ atPercent }) => atPercent)),
      byCentre: history.filter(({ by }) => by === 'CENTRE').map(({ kind }) => kind),
      stage: procedure.stage,
      handOvers: procedure.handOvers.map(({ to, cause }) => [to, cause]),
    };
  };
  const escalated = {
    steps: [[50, 80, 100]],
    byCentre: ['form.warn', 'form.warn', 'form.escalate'],
    stage: 'manager',
    handOvers: [['manager', 'overdue']],
  };

  test('S4 each step is taken when it is reached and once; after the deadline the manager hotline has the form', async () => {
    const { form } = await dispatched();
    const watch = started();
    for (const [at, steps] of [
      [half - 1, []],
      [half, [50]],
      [fourFifths - 1, [50]],
      [fourFifths, [50, 80]],
      [over - 1, [50, 80]],
      [over, [50, 80, 100]],
      [over + 400 * hourMs, [50, 80, 100]],
    ] as const) {
      now = at;
      await watch.look();
      await watch.look();
      expect(await taken(form)).toMatchObject({ steps: [steps] });
    }
    expect(await taken(form)).toEqual(escalated);
    expect(watch.trouble).toEqual([]);
  });

  test('S4 a centre that was down over every step takes them in order at its start; further starts take none again', async () => {
    const { form } = await dispatched();
    now = over + 5 * hourMs;
    for (const _start of [1, 2, 3]) {
      const watch = started();
      await watch.begin();
      await watch.look();
      expect(await taken(form)).toEqual(escalated);
    }
  });

  test('S4 a centre killed before or after any step loses none and doubles none', async () => {
    const { form } = await dispatched();
    now = over;
    for (const when of ['before', 'after', 'before', 'after', 'before', 'after'] as const) {
      const dying = started(usual, (forms) => ({
        perform: async (change) => {
          if (when === 'after') await forms.perform(change);
          throw new Error('killed');
        },
      }));
      await dying.look();
      expect(dying.trouble).toHaveLength(1);
    }
    expect(await taken(form)).toEqual(escalated);
    const watch = started();
    await watch.look();
    expect(await taken(form)).toEqual(escalated);
    expect(watch.trouble).toEqual([]);
  });

  test('S4 two centres on the same records that look at once take each step once', async () => {
    const all = await Promise.all([1, 2, 3, 4].map(dispatched));
    now = over;
    await Promise.all([started().look(), started().look(), started().look()]);
    await started().look();
    for (const { form } of all) expect(await taken(form)).toEqual(escalated);
  });

  test('S4 a paused deadline is warned of by nobody; what was not reached is reached later by the time paused', async () => {
    const { form, order } = await dispatched();
    const watch = started();
    now = afterHours(12);
    await does(senior.make('form.pause', form, { order, reason: '等用户寄回设备' }));
    now = over + 50 * hourMs;
    await watch.look();
    expect(await taken(form)).toMatchObject({ steps: [[]], byCentre: [] });
    const resumedAt = Date.parse('2026-12-07T09:30:00+08:00');
    now = resumedAt;
    await does(senior.make('form.resume', form, { order }));
    await watch.look();
    expect(await taken(form)).toMatchObject({ steps: [[]] });
    now = resumedAt + hourMs / 2;
    await watch.look();
    expect(await taken(form)).toMatchObject({ steps: [[50]] });
    expect(watch.trouble).toEqual([]);
  });

  test('S4 each of two orders that run out is escalated, and none that was taken back', async () => {
    const { form, order } = await dispatched();
    const second = randomUUID();
    const withdrawn = randomUUID();
    const back = {
      order: randomUUID(),
      type: 'return',
      department: 'shops',
      text: '误派',
      follows: withdrawn,
    } as const;
    await does(orderOn(form, second), orderOn(form, withdrawn), senior.make('form.order', form, back));
    now = over;
    await started().look();
    const { procedure } = await formNow(form);
    expect(procedure.orders.map(({ id, deadline }) => [id, deadline?.warnings.length])).toEqual([
      [order, 3],
      [second, 3],
      [withdrawn, 0],
      [back.order, undefined],
    ]);
    expect(procedure.handOvers).toHaveLength(2);
  });

  test('S4 a start with other settings goes by them, for orders sent before too', async () => {
    const { form } = await dispatched();
    now = afterHours(8);
    const sooner = { ...usual, escalation: [{ atPercent: 30, tell: ['sender' as const] }, ...usual.escalation] };
    const before = started(sooner);
    await before.look();
    expect(await taken(form)).toMatchObject({ steps: [[]] });
    const watch = started(sooner);
    await watch.begin();
    await watch.look();
    expect(await taken(form)).toMatchObject({ steps: [[30]] });
  });
});
