import { expect, test } from 'vitest';
import {
  after,
  dispatch,
  followUp,
  id,
  junior,
  manager,
  opened,
  orderOf,
  otherJunior,
  refusal,
  senior,
  shops,
  stageOf,
} from './procedure.fixture.ts';
import type { supplementNeeds } from './procedure.ts';

const adds = (needs: (typeof supplementNeeds)[number], by = junior) =>
  by('form.supplement', { text: '另有一次', needs, contactId: 'c2' });
const sent = () => after(opened(), senior('form.order', dispatch()));
const answered = () => after(opened(), junior('form.answer', { text: '已退费' }));
const closed = () => after(answered(), junior('form.call-back', { outcome: 'satisfied', source: 'agent', text: '' }));

test('J5 settled at once with no order → recorded in full, and the complaint stays where it is', () => {
  for (const form of [sent(), answered(), closed()]) {
    const added = after(form, adds('nothing'));
    expect(stageOf(added)).toBe(stageOf(form));
    expect(added.procedure.supplements).toMatchObject([{ text: '另有一次', settled: true, by: '1001' }]);
  }
});

test('J5 needs a chase → proposed by the junior, audited by a senior, heard by the department', () => {
  const added = after(sent(), adds('order'), junior('form.order', followUp('chase')));
  expect(stageOf(added)).toBe('audit');
  expect(added.procedure.supplements).toMatchObject([{ needs: 'order', settled: true }]);
  expect(orderOf(added, id(1)).talk).toEqual([]);
  const chased = after(added, senior('form.audit-order', { order: id(2), verdict: 'approve' }));
  expect(stageOf(chased)).toBe('department');
  expect(orderOf(chased, id(2))).toMatchObject({ state: 'delivered', deadline: null });
  expect(orderOf(chased, id(1)).talk).toMatchObject([{ kind: 'chase', text: '请尽快' }]);
});

test('J5 needs a return order → audited by a senior, then the order is the department’s no more', () => {
  const added = after(sent(), adds('order'), junior('form.order', followUp('return')));
  expect([stageOf(added), orderOf(added, id(1)).state]).toEqual(['audit', 'sent']);
  const returned = after(added, senior('form.audit-order', { order: id(2), verdict: 'approve' }));
  expect([stageOf(returned), orderOf(returned, id(1)).state]).toEqual(['senior', 'withdrawn']);
  expect(refusal(returned, shops('form.answer-order', { order: id(1), text: '迟到' }))).toEqual({
    code: 'order-moved-on',
    state: 'withdrawn',
  });
});

test('J5 an order that it needs and that is not there yet leaves it with a senior', () => {
  expect(stageOf(after(sent(), adds('order')))).toBe('senior');
  const others = after(sent(), adds('order'), otherJunior('form.order', followUp('chase')));
  expect(others.procedure.supplements).toMatchObject([{ settled: false }]);
});

test('J5 of a settled complaint there is no order to follow up → senior agent', () => {
  for (const form of [answered(), closed()]) {
    const added = after(form, adds('order'));
    expect(stageOf(added)).toBe('senior');
    expect(stageOf(after(added, junior('form.order', dispatch())))).toBe('audit');
  }
});

test('J5 cannot be settled at once → senior agent, until the senior has settled it', () => {
  for (const form of [sent(), answered(), closed()]) expect(stageOf(after(form, adds('senior')))).toBe('senior');
  const added = after(sent(), adds('senior'));
  const supplement = added.procedure.supplements[0]?.operation ?? '';
  const settle = senior('form.settle-supplement', { supplement });
  const settled = after(added, settle);
  expect([stageOf(settled), settled.procedure.supplements[0]?.settled]).toEqual(['department', true]);
  expect(refusal(settled, settle)).toEqual({ code: 'no-such-supplement' });
  expect(refusal(added, junior('form.settle-supplement', { supplement }))).toEqual({
    code: 'not-allowed',
    right: 'order.audit',
  });
});

test('J5 what a senior sends or answers settles what was added', () => {
  const ordered = after(sent(), adds('senior'), senior('form.order', dispatch(id(2))));
  const told = after(sent(), adds('senior'), senior('form.answer', { text: '已答复' }));
  for (const form of [ordered, told]) expect(form.procedure.supplements).toMatchObject([{ settled: true }]);
});

test('J5 at the manager hotline it waits for the decision', () => {
  const form = after(
    sent(),
    senior('form.hand-over', { to: 'manager', cause: 'not-content', text: '' }),
    adds('senior'),
  );
  expect([stageOf(form), form.procedure.supplements[0]?.settled]).toEqual(['manager', false]);
  const back = after(form, manager('form.hand-over', { to: 'senior', cause: 'back-to-senior', text: '' }));
  expect(stageOf(back)).toBe('senior');
  const decided = after(form, manager('form.decide', { end: 'answered', text: '一并处理' }));
  expect(decided.procedure.supplements).toMatchObject([{ settled: true }]);
});

test('J5 a chase or a return of what is not open at a department is refused', () => {
  const answeredOrder = after(sent(), shops('form.answer-order', { order: id(1), text: '已查实' }));
  expect(refusal(answeredOrder, junior('form.order', followUp('chase')))).toEqual({
    code: 'order-moved-on',
    state: 'answered',
  });
  expect(refusal(sent(), junior('form.order', followUp('chase', id(2), id(9))))).toEqual({ code: 'no-such-order' });
});
