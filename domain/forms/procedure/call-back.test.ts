import { expect, test } from 'vitest';
import {
  after,
  centre,
  dataAdmin,
  junior,
  opened,
  otherJunior,
  refusal,
  senior,
  shops,
  stageOf,
} from './procedure.fixture.ts';
import type { CallBackOutcome } from './procedure.ts';
import { usualProcedureRules } from './procedure-rules.ts';

const answered = () => after(opened(), junior('form.answer', { text: '已退费' }));
const called = (outcome: CallBackOutcome) => junior('form.call-back', { outcome, source: 'agent', text: '' });
const keyed = (outcome: CallBackOutcome) => ({ outcome, source: 'keyed', text: '' }) as const;

test('Q1 satisfied → closed, said to an agent or keyed', () => {
  for (const [step, by, source] of [
    [called('satisfied'), '1001', 'agent'],
    [centre('form.call-back', keyed('satisfied')), 'CENTRE', 'keyed'],
  ] as const) {
    const form = after(answered(), step);
    expect(form.procedure).toMatchObject({ stage: 'closed', callBacks: [{ outcome: 'satisfied', source, by }] });
  }
});

test('Q1 keyed: not satisfied → a senior agent; what was keyed only the centre may say', () => {
  expect(stageOf(after(answered(), centre('form.call-back', keyed('dissatisfied'))))).toBe('senior');
  for (const by of [junior, senior])
    expect(refusal(answered(), by('form.call-back', keyed('satisfied')))).toMatchObject({ code: 'not-allowed' });
});

test('Q1 not satisfied → reopened with a senior agent, as J4a says', () => {
  const form = after(answered(), called('dissatisfied'));
  expect(stageOf(form)).toBe('senior');
  expect(stageOf(after(form, senior('form.answer', { text: '已赔付' })))).toBe('answered');
});

test('Q1 unreachable → the try is recorded, and after as many as are set the customer is left in peace', () => {
  const tries = usualProcedureRules.maxCallBackTries;
  const once = after(answered(), called('unreachable'));
  expect([stageOf(once), once.procedure.callBacks.length]).toEqual(['answered', 1]);
  const before = after(answered(), ...Array.from({ length: tries - 1 }, () => called('unreachable')));
  expect(stageOf(before)).toBe('answered');
  const last = after(before, called('unreachable'));
  expect([stageOf(last), last.procedure.callBacks.length]).toEqual(['closed', tries]);
});

test('Q1 a new answer begins with all its tries', () => {
  const reopened = after(
    answered(),
    called('unreachable'),
    called('unreachable'),
    called('dissatisfied'),
    senior('form.answer', { text: '已赔付' }),
    called('unreachable'),
  );
  expect(stageOf(reopened)).toBe('answered');
});

test('Q1 only what is answered is called back about, by nobody but agents', () => {
  expect(refusal(after(answered(), called('satisfied')), called('satisfied'))).toMatchObject({
    code: 'not-in-this-stage',
  });
  for (const by of [shops, dataAdmin]) {
    expect(refusal(answered(), by('form.call-back', { outcome: 'satisfied', source: 'agent', text: '' }))).toEqual({
      code: 'not-allowed',
      right: 'form.call-back',
    });
  }
});

test('Q1 a customer is rung by the one who has taken the call-back', () => {
  const taken = after(answered(), junior('form.take', {}));
  const byOther = otherJunior('form.call-back', { outcome: 'satisfied', source: 'agent', text: '' });
  expect(refusal(taken, byOther)).toEqual({ code: 'held-by', by: '1001' });
  expect(refusal(taken, otherJunior('form.take', {}))).toEqual({ code: 'held-by', by: '1001' });
  expect(stageOf(after(taken, called('satisfied')))).toBe('closed');
  expect(after(taken, senior('form.put-back', {})).procedure.holder).toBeNull();
});
