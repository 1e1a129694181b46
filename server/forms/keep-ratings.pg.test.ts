import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { type Engine, engines } from '../records/engines.fixture.ts';
import type { Records } from '../records/open-records.ts';
import { agent, newId, pushInto, signInAt, type TestDesk } from '../sync/push.fixture.ts';
import { createCentreForms } from './create-centre-forms.ts';
import { createRatings } from './keep-ratings.ts';

const call = (contactId: string) =>
  ({
    contactId,
    caller: '13800138000',
    service: '180',
    language: 'zh',
    answeredAt: 1,
    announcement: { outcome: 'played', startedAt: 2, endedAt: 3 },
  }) as const;
const filled = { callerName: '王芳', contactNumber: '13800138000', complaintType: 'other', text: '重复扣费' } as const;
const empty = { callerName: '', contactNumber: '', complaintType: null, text: '' } as const;

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;
  let desk: TestDesk;
  let forms: ReturnType<typeof createCentreForms>;
  let ratings: ReturnType<typeof createRatings>;
  let now = Date.now();
  const failures: unknown[] = [];

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
    desk = await signInAt(records, agent);
    forms = createCentreForms({
      db: records.db,
      clock: () => now,
      rules: usualProcedureRules,
    });
    ratings = createRatings({ forms, clock: () => now, newId, onFailure: (error) => failures.push(error) });
  }, 60_000);
  afterAll(async () => {
    ratings?.stop();
    await records?.close();
    await engine?.stop();
  });

  const push = async (...operations: readonly ReturnType<TestDesk['make']>[]) => {
    const pushed = await pushInto(records, { clock: () => now, onChanged: forms.tellChanged }).take(
      operations,
      desk.session,
    );
    expect(pushed.results.map(({ outcome }) => outcome)).not.toContain('rejected');
  };
  const written = (form: string, contactId: string) => [
    desk.open(form),
    desk.make('form.edit', form, { from: empty, to: filled }),
    desk.make('form.link-call', form, call(contactId)),
  ];
  const answeredBy = (form: string) => desk.make('form.answer', form, { text: '已退费' });
  const callBacksOf = async (form: string) => (await forms.findById(form))?.procedure.callBacks ?? [];
  const notesOf = async (form: string) => (await forms.findById(form))?.notes.map(({ text }) => text) ?? [];

  test('Q1 what is keyed after the talk is the call-back of each form of the call that is answered, once', async () => {
    const [one, other] = [newId(), newId()];
    await push(...written(one, 'c-answered'), answeredBy(one), ...written(other, 'c-answered'), answeredBy(other));
    await ratings.keep('c-answered', 'satisfied');
    for (const form of [one, other]) {
      expect((await forms.findById(form))?.procedure.stage).toBe('closed');
      expect(await callBacksOf(form)).toMatchObject([{ outcome: 'satisfied', source: 'keyed', by: 'CENTRE' }]);
    }
    await push(desk.make('form.note', one, { text: '又来电' }));
    expect(await callBacksOf(one)).toHaveLength(1);
  });

  test('Q1 not satisfied: the form goes to a senior agent, as J4a says', async () => {
    const form = newId();
    await push(...written(form, 'c-unhappy'), answeredBy(form));
    await ratings.keep('c-unhappy', 'dissatisfied');
    expect((await forms.findById(form))?.procedure.stage).toBe('senior');
  });

  test('Q1 a form that waits for no call-back has it noted', async () => {
    const form = newId();
    await push(...written(form, 'c-open'));
    await ratings.keep('c-open', 'dissatisfied');
    expect(await callBacksOf(form)).toEqual([]);
    expect(await notesOf(form)).toEqual([expect.stringContaining('不满意')]);
  });

  test('Q1 a form that comes, or is answered, in the minutes after has it too; later it has not', async () => {
    const [late, tooLate] = [newId(), newId()];
    await ratings.keep('c-late', 'satisfied');
    await push(...written(late, 'c-late'));
    await expect.poll(() => notesOf(late)).toHaveLength(1);
    await push(answeredBy(late));
    await expect.poll(() => callBacksOf(late)).toHaveLength(1);
    now += 11 * 60_000;
    await push(...written(tooLate, 'c-late'), answeredBy(tooLate));
    expect(await callBacksOf(tooLate)).toEqual([]);
    expect(failures).toEqual([]);
  });
});
