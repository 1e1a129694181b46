import { describe, expect, test } from 'vitest';
import type { Form } from '../form.ts';
import {
  after,
  dispatch,
  id,
  junior,
  manager,
  monday,
  opened,
  refusal,
  senior,
  shops,
  stageOf,
} from './procedure.fixture.ts';
import type { Attitude } from './procedure.ts';

const repeat = (attitude: Attitude | null, at?: number) => junior('form.repeat', { attitude, contactId: 'c2' }, at);
const called = (outcome: Attitude | 'unreachable') => junior('form.call-back', { outcome, source: 'agent', text: '' });
const answered = () => after(opened(), junior('form.answer', { text: '已退费' }));
const closed = () => after(answered(), called('satisfied'));
const branchOf = ({ procedure }: Form) => procedure.repeats.at(-1)?.branch;
const dayMs = 86_400_000;

describe('J4a closed', () => {
  test('J4a the attitude differs from the record → manager hotline, with what was on record', () => {
    const form = after(closed(), repeat('dissatisfied'));
    expect(form.procedure).toMatchObject({
      stage: 'manager',
      callBacks: [{ outcome: 'satisfied' }],
      repeats: [{ attitude: 'dissatisfied', branch: 'differs', contactId: 'c2' }],
    });
  });

  test('J4a satisfied where dissatisfied is on record differs too → manager hotline', () => {
    const decided = after(
      opened(),
      junior('form.hand-over', { to: 'manager', cause: 'explanation-not-accepted', text: '' }),
      manager('form.decide', { end: 'answered', text: '维持' }),
      called('dissatisfied'),
    );
    expect(stageOf(decided)).toBe('closed');
    expect(stageOf(after(decided, repeat('satisfied')))).toBe('manager');
  });

  test('J4a agrees and is satisfied → told that it is handled, and closed', () => {
    const form = after(closed(), repeat('satisfied'));
    expect([stageOf(form), branchOf(form)]).toEqual(['closed', 'handled']);
    const first = after(answered(), repeat('satisfied'));
    expect([stageOf(first), branchOf(first)]).toEqual(['closed', 'handled']);
  });

  test('J4a agrees and is dissatisfied → senior agent', () => {
    const form = after(answered(), repeat('dissatisfied'));
    expect([stageOf(form), branchOf(form)]).toEqual(['senior', 'dissatisfied']);
    const declined = after(opened(), junior('form.decline', { reason: 'no-facts', text: '' }), repeat('dissatisfied'));
    expect([stageOf(declined), branchOf(declined)]).toEqual(['senior', 'dissatisfied']);
  });

  test('J4a who was not asked counts as dissatisfied', () => {
    expect(stageOf(after(answered(), repeat(null)))).toBe('senior');
    expect(stageOf(after(closed(), repeat(null)))).toBe('manager');
  });

  test('J4a the record is of the settlement that stands: a new answer begins a new one', () => {
    const again = after(answered(), called('dissatisfied'), senior('form.answer', { text: '已赔付' }));
    expect([stageOf(again), branchOf(after(again, repeat('satisfied')))]).toEqual(['answered', 'handled']);
    const declined = after(
      answered(),
      called('dissatisfied'),
      senior('form.decline', { reason: 'no-facts', text: '' }),
    );
    expect(branchOf(after(declined, repeat('satisfied')))).toBe('handled');
    expect(branchOf(after(declined, repeat('dissatisfied')))).toBe('dissatisfied');
  });

  test('J4a coming again is a record too: the next time is held against it', () => {
    const form = after(answered(), repeat('satisfied'));
    expect(branchOf(after(form, repeat('satisfied')))).toBe('handled');
    expect(stageOf(after(form, repeat('dissatisfied')))).toBe('manager');
  });

  test('J4a a try that reached nobody is no record', () => {
    expect(branchOf(after(answered(), called('unreachable'), repeat('dissatisfied')))).toBe('dissatisfied');
  });
});

describe('J4b J4c open', () => {
  // Conduct of staff: two working days, so until Wednesday evening.
  const sent = () => after(opened(), senior('form.order', dispatch(), monday));

  test('J4b open and overdue → manager hotline', () => {
    const form = after(sent(), repeat(null, monday + 3 * dayMs));
    expect([stageOf(form), branchOf(form)]).toEqual(['manager', 'overdue']);
  });

  test('J4b an answer that no senior has checked yet is overdue for its user all the same', () => {
    const form = after(
      sent(),
      shops('form.answer-order', { order: id(1), text: '已批评教育' }, monday + dayMs),
      repeat(null, monday + 3 * dayMs),
    );
    expect(stageOf(form)).toBe('manager');
  });

  test('J4c open, in time → answered with the progress, and stays where it is', () => {
    const form = after(sent(), repeat(null, monday + dayMs));
    expect([stageOf(form), branchOf(form)]).toEqual(['department', 'progress']);
    const atSenior = after(opened(), junior('form.submit', {}), repeat('dissatisfied'));
    expect([stageOf(atSenior), branchOf(atSenior)]).toEqual(['senior', 'progress']);
  });

  test('J4c what was paused in time stays in time', () => {
    const paused = after(sent(), senior('form.pause', { order: id(1), reason: '待用户材料' }, monday + dayMs));
    expect(branchOf(after(paused, repeat(null, monday + 9 * dayMs)))).toBe('progress');
  });

  test('J4 what is still being recorded is not repeated, and a department repeats nothing', () => {
    expect(refusal(opened(), repeat(null))).toMatchObject({ code: 'not-in-this-stage', stage: 'drafting' });
    expect(refusal(answered(), shops('form.repeat', { attitude: null, contactId: null }))).toEqual({
      code: 'not-allowed',
      right: 'form.submit',
    });
  });
});
