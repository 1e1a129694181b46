import { z } from 'zod';
import { type DeadlineRefusal, deadline } from '../../deadlines/deadline.ts';
import type { EscalationRefusal } from '../../deadlines/escalation.ts';
import { ok, type Result, refused } from '../../result.ts';

/** 派单 / 追单 / 退单: an order to a department; a follow-up on one; the withdrawal of one. */
export const orderTypes = ['dispatch', 'chase', 'return'] as const;

/** 部门代码, as the centre's list of departments has them. */
export const departmentCode = z.string().regex(/^[a-z0-9-]{1,40}$/);

const instant = z.int().nonnegative();
const words = z.string().trim().min(1).max(4_000);
const said = z.strictObject({ operation: z.string(), by: z.string(), at: instant, text: z.string() });

/**
 * How an order stands.
 *
 *   proposed ── approve, change ─▶ sent ── answer ─▶ answered ── accept ─▶ accepted
 *      │                           ▲ │ ▲                │
 *      │ refuse          reply-question question        │ send back
 *      ▼                           │ ▼ └────────────────┘
 *   not-sent                      asked
 *                    sent, asked ── refuse ─▶ refused;  open ── a return order, a decision ─▶ withdrawn
 *
 * A chase is `delivered` with its sending: it is heard in the order it follows. A return order is
 * delivered by withdrawing that order.
 */
export const orderStates = [
  'proposed',
  'not-sent',
  'sent',
  'asked',
  'answered',
  'accepted',
  'refused',
  'withdrawn',
  'delivered',
] as const;
export type OrderState = (typeof orderStates)[number];

export const order = z.strictObject({
  id: z.uuid(),
  type: z.enum(orderTypes),
  /** The one to which it goes, or went last. */
  department: departmentCode,
  text: z.string(),
  /** The order that a chase or a return is about. */
  follows: z.uuid().nullable(),
  state: z.enum(orderStates),
  proposedBy: z.string(),
  proposedAt: instant,
  sentAt: instant.nullable(),
  /** S3: of a dispatch, from its sending on. */
  deadline: deadline.nullable(),
  /** J6: the second audit. `changed`: the senior sent something else than what was proposed. */
  audit: z
    .strictObject({
      by: z.string(),
      at: instant,
      verdict: z.enum(['approved', 'changed', 'refused']),
      reason: z.string(),
    })
    .nullable(),
  /** Questions of the department, answers to them, refusals, hand-ons and replies sent back, as they were said. */
  talk: z
    .array(
      said.extend({
        kind: z.enum(['question', 'reply', 'refusal', 'hand-on', 'sent-back', 'chase']),
        department: departmentCode.nullable(),
      }),
    )
    .readonly(),
  answer: said.nullable(),
  /** S4: checked before the user hears it. */
  checkedBy: z.string().nullable(),
});
export type Order = z.infer<typeof order>;

export const orderPayloads = {
  'form.order': z.strictObject({
    order: z.uuid(),
    type: z.enum(orderTypes),
    department: departmentCode,
    text: words,
    follows: z.uuid().nullable(),
  }),
  'form.audit-order': z.discriminatedUnion('verdict', [
    z.strictObject({ order: z.uuid(), verdict: z.literal('approve') }),
    z.strictObject({
      order: z.uuid(),
      verdict: z.literal('change'),
      department: departmentCode,
      text: words,
      reason: words,
    }),
    z.strictObject({ order: z.uuid(), verdict: z.literal('refuse'), reason: words }),
  ]),
  'form.answer-order': z.strictObject({ order: z.uuid(), text: words }),
  'form.question-order': z.strictObject({ order: z.uuid(), text: words }),
  'form.reply-question': z.strictObject({ order: z.uuid(), text: words }),
  'form.refuse-order': z.strictObject({ order: z.uuid(), reason: words }),
  'form.hand-on-order': z.strictObject({ order: z.uuid(), department: departmentCode, reason: words }),
  'form.pause': z.strictObject({ order: z.uuid(), reason: words }),
  'form.resume': z.strictObject({ order: z.uuid() }),
  /** By the centre: a step of the escalation before the deadline is over (S4). */
  'form.warn': z.strictObject({ order: z.uuid(), atPercent: z.int().min(1).max(99) }),
  'form.check-reply': z.discriminatedUnion('verdict', [
    z.strictObject({ order: z.uuid(), verdict: z.literal('accept') }),
    z.strictObject({ order: z.uuid(), verdict: z.literal('send-back'), reason: words }),
  ]),
};

/** At the department, or waiting for the answer to its question. */
export const isOpen = ({ state }: Pick<Order, 'state'>): boolean => state === 'sent' || state === 'asked';

export const orderEvents = [
  'approve',
  'refuse-audit',
  'question',
  'reply',
  'answer',
  'refuse',
  'hand-on',
  'accept',
  'send-back',
  'withdraw',
] as const;
export type OrderEvent = (typeof orderEvents)[number];

const table: Readonly<Record<OrderState, Readonly<Partial<Record<OrderEvent, OrderState>>>>> = {
  proposed: { approve: 'sent', 'refuse-audit': 'not-sent', withdraw: 'withdrawn' },
  'not-sent': {},
  sent: { question: 'asked', answer: 'answered', refuse: 'refused', 'hand-on': 'sent', withdraw: 'withdrawn' },
  asked: {
    question: 'asked',
    reply: 'sent',
    answer: 'answered',
    refuse: 'refused',
    'hand-on': 'sent',
    withdraw: 'withdrawn',
  },
  answered: { accept: 'accepted', 'send-back': 'sent', withdraw: 'withdrawn' },
  accepted: {},
  refused: {},
  withdrawn: {},
  delivered: {},
};

/** Why an order does not go the way it was asked to. */
export type OrderRefusal =
  | { readonly code: 'no-such-order' }
  | { readonly code: 'order-exists' }
  | { readonly code: 'no-such-department' }
  /** The department named is not the author's own, or the order is not its (any more). */
  | { readonly code: 'not-your-order' }
  | { readonly code: 'order-moved-on'; readonly state: OrderState }
  | { readonly code: 'no-deadline' }
  | DeadlineRefusal
  | EscalationRefusal
  | { readonly code: 'not-overdue' };

export const nextOrderState = (state: OrderState, event: OrderEvent): Result<OrderState, OrderRefusal> => {
  const next = table[state][event];
  return next === undefined ? refused({ code: 'order-moved-on', state }) : ok(next);
};
