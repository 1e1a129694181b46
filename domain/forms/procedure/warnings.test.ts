import { expect, test } from 'vitest';
import { emptyComplaint } from '../complaint.ts';
import type { Form } from '../form.ts';
import { done, make, refusalOf } from '../perform.fixture.ts';
import { perform } from '../perform.ts';
import { usualProcedureRules } from './procedure-rules.ts';
import { nextWarningAt, warningsDue } from './warnings.ts';

const rules = usualProcedureRules.deadlines;
const sentAt = Date.parse('2026-11-23T10:30:00+08:00');
const half = Date.parse('2026-11-24T14:00:00+08:00');
const order = '22222222-2222-4222-8222-222222222222';
const other = '33333333-3333-4333-8333-333333333333';
const filled = { ...emptyComplaint, callerName: '赵敏', contactNumber: '13900001111', text: '态度差' };

const opened = done(
  undefined,
  make('form.open', {
    number: '261123-0017-001-0',
    kind: 'complaint',
    origin: { via: 'desk', channel: 'voice' },
    fields: { ...filled, complaintType: 'staff-conduct' },
    attachments: [],
  }),
);
const dispatch = (form: Form, id: string): Form =>
  done(
    form,
    {
      ...make('form.order', { order: id, type: 'dispatch', department: 'shops', text: '请核实', follows: null }),
      madeAt: sentAt,
    },
    ['senior-agent'],
  );
const sent = dispatch(opened, order);
const warn = (id: string, atPercent: number, madeAt: number) => ({
  ...make('form.warn', { order: id, atPercent }, 'CENTRE'),
  madeAt,
});
const escalate = (id: string, madeAt: number) => ({ ...make('form.escalate', { order: id }, 'CENTRE'), madeAt });
const warningsOf = (form: Form, id: string) => form.procedure.orders.find((one) => one.id === id)?.deadline?.warnings;

test('S4 the centre alone takes the steps of the escalation, each once', () => {
  expect(refusalOf(sent, warn(order, 50, half), ['manager-hotline'])).toEqual({
    code: 'not-allowed',
    right: 'form.escalate',
  });
  expect(refusalOf(sent, warn(order, 50, half - 1), ['centre'])).toEqual({ code: 'not-reached' });
  const warned = done(sent, warn(order, 50, half), ['centre']);
  expect(warningsOf(warned, order)).toEqual([{ atPercent: 50, at: half }]);
  expect(warned.procedure.stage).toBe('department');
  expect(refusalOf(warned, warn(order, 50, half), ['centre'])).toEqual({ code: 'warned-already' });
  expect(refusalOf(warned, warn(other, 50, half), ['centre'])).toEqual({ code: 'no-such-order' });
});

test('S4 an overdue order is handed to the manager hotline once, a second one beside it too', () => {
  const both = dispatch(sent, other);
  const dueAt = both.procedure.orders[0]?.deadline?.dueAt ?? 0;
  expect(refusalOf(both, escalate(other, dueAt), ['centre'])).toEqual({ code: 'not-overdue' });
  const first = done(both, escalate(other, dueAt + 1), ['centre']);
  expect(first.procedure).toMatchObject({ stage: 'manager', handOvers: [{ to: 'manager', cause: 'overdue' }] });
  expect(refusalOf(first, escalate(other, dueAt + 2), ['centre'])).toEqual({ code: 'warned-already' });
  const second = done(first, escalate(order, dueAt + 3), ['centre']);
  expect(second.procedure.stage).toBe('manager');
  expect(second.procedure.handOvers).toHaveLength(2);
  expect(nextWarningAt({ ...second }, rules)).toBe(half);
});

test('S4 what is due about a form, and when next, follows from its orders alone', () => {
  expect(nextWarningAt(opened, rules)).toBeNull();
  expect(nextWarningAt(sent, rules)).toBe(half);
  expect(warningsDue(sent, half - 1, rules)).toEqual([]);
  const dueAt = sent.procedure.orders[0]?.deadline?.dueAt ?? 0;
  expect(warningsDue(sent, dueAt + 1, rules)).toEqual([50, 80, 100].map((atPercent) => ({ order, atPercent })));
});

test('S4 an answer still unchecked is warned of; an order whose reply was accepted is not', () => {
  const answer = { ...make('form.answer-order', { order, text: '已批评教育' }, '7001'), madeAt: half };
  const shops = { roles: ['department'], department: 'shops' } as const;
  const performed = perform(sent, answer, shops, usualProcedureRules);
  if (!performed.ok) throw new Error(performed.error.code);
  const answered = performed.value;
  expect(nextWarningAt(answered, rules)).toBe(half);
  const checked = done(answered, { ...make('form.check-reply', { order, verdict: 'accept' }, '8806'), madeAt: half }, [
    'senior-agent',
  ]);
  expect(nextWarningAt(checked, rules)).toBeNull();
  expect(refusalOf(checked, warn(order, 50, half), ['centre'])).toMatchObject({ code: 'not-in-this-stage' });
});
