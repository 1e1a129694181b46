import type { Result } from '../../../result.ts';
import { emptyComplaint } from '../../complaint.ts';
import type { Form, Refusal } from '../../form.ts';
import type { OperationKind } from '../../operations.ts';
import { perform } from '../../perform.ts';
import { usualProcedureRules } from '../procedure-rules.ts';
import type { TestPerson } from './people.ts';
import { operationOf } from './random-operation.ts';

const junior: TestPerson = { number: '1001', roles: ['junior-agent'] };
const senior: TestPerson = { number: '8806', roles: ['senior-agent'] };
const manager: TestPerson = { number: '8001', roles: ['manager-hotline'] };
const network: TestPerson = { number: '7001', roles: ['department'], department: 'network' };

type Step = readonly [kind: OperationKind, payload: unknown, by: TestPerson];

const orderId = '019ab000-0000-4000-8000-0000000000aa';
const propose: Step = [
  'form.order',
  { order: orderId, type: 'dispatch', department: 'network', text: '请修复', follows: null },
  junior,
];
const approve: Step = ['form.audit-order', { order: orderId, verdict: 'approve' }, senior];
const reply: Step = ['form.answer-order', { order: orderId, text: '已修复' }, network];
const accept: Step = ['form.check-reply', { order: orderId, verdict: 'accept' }, senior];
const told: Step = ['form.answer', { text: '已告知用户' }, senior];
const called = (outcome: string): Step => ['form.call-back', { outcome, source: 'agent', text: '' }, junior];

/** What was done to complaints of before, by where it has brought them. */
export const earlierLives = {
  senior: [['form.submit', {}, junior]],
  audit: [propose],
  department: [propose, approve],
  'reply-check': [propose, approve, reply],
  informing: [propose, approve, reply, accept],
  answered: [['form.answer', { text: '已当场答复' }, junior]],
  satisfied: [propose, approve, reply, accept, told, called('satisfied')],
  declined: [['form.decline', { reason: 'no-facts', text: '' }, junior]],
  manager: [['form.hand-over', { to: 'manager', cause: 'explanation-not-accepted', text: '' }, junior]],
  decided: [
    ['form.hand-over', { to: 'manager', cause: 'explanation-not-accepted', text: '' }, junior],
    ['form.decide', { end: 'answered', text: '终结答复' }, manager],
  ],
} as const satisfies Readonly<Record<string, readonly Step[]>>;
export type EarlierLife = keyof typeof earlierLives;

const minuteMs = 60_000;

/** A complaint with this life behind it, opened at `at`; a step each minute. */
export const earlierComplaint = (life: EarlierLife, at: number): Form => {
  const id = '019ab000-0000-7000-8000-0000000000ee';
  const opening: Step = [
    'form.open',
    {
      ...{ number: 'E-1', kind: 'complaint', origin: { via: 'desk', channel: 'voice' }, attachments: [] },
      fields: { ...emptyComplaint, contactNumber: '13800001234', complaintType: 'product-quality', text: '宽带断线' },
    },
    junior,
  ];
  const steps: readonly Step[] = [opening, ...earlierLives[life]];
  const form = steps.reduce<Form | undefined>((before, [kind, payload, by], nth) => {
    const madeAt = at + nth * minuteMs;
    const operationId = `019ab000-0000-7000-8000-${madeAt.toString(16).padStart(12, '0')}`;
    const operation = operationOf(kind, payload, { id: operationId, form: id, madeAt, by: by.number });
    const done: Result<Form, Refusal> = perform(before, operation, by, usualProcedureRules);
    if (!done.ok) throw new Error(`${kind}: ${done.error.code}`);
    return done.value;
  }, undefined);
  if (!form) throw new Error('nothing was done');
  return form;
};
