import { expect, test } from 'vitest';
import {
  after,
  dispatch,
  id,
  junior,
  manager,
  opened,
  orderOf,
  refusal,
  senior,
  shops,
  stageOf,
} from './procedure.fixture.ts';

const notContent = { to: 'manager', cause: 'not-content', text: '' } as const;
const atManager = () => after(opened(), senior('form.order', dispatch()), senior('form.hand-over', notContent));
const decide = (end: 'answered' | 'declined') => manager('form.decide', { end, text: '维持原处理' });

test('M1 the decision is recorded, told to the user, and takes back what departments still have', () => {
  const form = after(atManager(), decide('answered'));
  expect(form.procedure).toMatchObject({
    stage: 'answered',
    decision: { by: '8001', text: '维持原处理' },
    answer: { by: '8001', text: '维持原处理' },
  });
  expect(orderOf(form, id(1)).state).toBe('withdrawn');
  expect(stageOf(after(atManager(), decide('declined')))).toBe('declined');
});

test('M1 decided by the manager hotline alone', () => {
  for (const by of [junior, senior, shops]) {
    expect(refusal(atManager(), by('form.decide', { end: 'answered', text: '维持' }))).toEqual({
      code: 'not-allowed',
      right: 'form.decide',
    });
  }
});

test('M1 the decision is final: who is dissatisfied with it comes to no other end', () => {
  const decided = after(atManager(), decide('answered'));
  const called = after(decided, junior('form.call-back', { outcome: 'dissatisfied', source: 'agent', text: '' }));
  expect(stageOf(called)).toBe('closed');
  const again = after(called, junior('form.repeat', { attitude: 'dissatisfied', contactId: null }));
  expect([stageOf(again), again.procedure.repeats[0]?.branch]).toEqual(['closed', 'final']);
});

test('M1 what a senior settles after a decision is no decision: it is reopened as any other', () => {
  const settledAnew = after(
    atManager(),
    decide('answered'),
    junior('form.supplement', { text: '新情况', needs: 'senior', contactId: null }),
    senior('form.answer', { text: '已另行处理' }),
  );
  const called = after(settledAnew, junior('form.call-back', { outcome: 'dissatisfied', source: 'agent', text: '' }));
  expect(stageOf(called)).toBe('senior');
});

test('M1 an investigation orders a department, and gives back what is to go on as usual', () => {
  const ordered = after(atManager(), manager('form.order', dispatch(id(2), 'billing')));
  expect([stageOf(ordered), orderOf(ordered, id(2)).state]).toEqual(['department', 'sent']);
  const back = manager('form.hand-over', { to: 'senior', cause: 'back-to-senior', text: '' });
  expect(stageOf(after(atManager(), back))).toBe('department');
  const withNoOrder = after(opened(), junior('form.submit', {}), senior('form.hand-over', notContent));
  expect(stageOf(after(withNoOrder, back))).toBe('senior');
  expect(refusal(atManager(), senior('form.order', dispatch(id(2), 'billing')))).toEqual({
    code: 'not-allowed',
    right: 'form.decide',
  });
});

test('M1 while it lies with the manager hotline, departments and seniors go on with its orders', () => {
  const answered = after(atManager(), shops('form.answer-order', { order: id(1), text: '已查实' }));
  const checked = after(answered, senior('form.check-reply', { order: id(1), verdict: 'accept' }));
  expect([stageOf(answered), stageOf(checked)]).toEqual(['manager', 'manager']);
  const back = manager('form.hand-over', { to: 'senior', cause: 'back-to-senior', text: '' });
  expect(stageOf(after(checked, back))).toBe('informing');
});
