import { pauseDeadline, resumeDeadline, startDeadline } from '../../deadlines/deadline.ts';
import { ok, type Result, refused } from '../../result.ts';
import type { ComplaintFields } from '../complaint.ts';
import type { Operation } from '../operations.ts';
import {
  isOpen,
  nextOrderState,
  type Order,
  type OrderEvent,
  type OrderRefusal,
  type orderPayloads,
} from './orders.ts';
import type { ProcedureRules } from './procedure-rules.ts';
import { isTimed } from './standing-deadline.ts';
import { warnOfOrder } from './warnings.ts';

export type OrderOperation = Extract<Operation, { kind: keyof typeof orderPayloads }>;

type Of<Kind extends OrderOperation['kind']> = Extract<OrderOperation, { kind: Kind }>;
type Orders = readonly Order[];
type Worked = Result<Orders, OrderRefusal>;

/** What an operation on an order is judged by, besides the orders that are there. */
export interface OrderContext {
  readonly complaintType: ComplaintFields['complaintType'];
  readonly rules: ProcedureRules;
  /** Of the author; undefined: of none. */
  readonly department: string | undefined;
  /** Whether the author sends what others have to propose (J6). */
  readonly sends: boolean;
}

/** The orders after an operation on one of them, or why it is refused. */
export const workOrders = (orders: Orders, operation: OrderOperation, context: OrderContext): Worked => {
  if (operation.kind === 'form.order') return ordered(orders, operation, context);
  const one = orders.find(({ id }) => id === operation.payload.order);
  if (!one) return refused({ code: 'no-such-order' });
  switch (operation.kind) {
    case 'form.audit-order':
      return audited(orders, one, operation, context);
    case 'form.answer-order':
      return byDepartment(orders, one, context, 'answer', { answer: said(operation) });
    case 'form.question-order':
      return byDepartment(orders, one, context, 'question', talk(one, operation, 'question'));
    case 'form.refuse-order':
      return byDepartment(orders, one, context, 'refuse', talk(one, operation, 'refusal'));
    case 'form.hand-on-order': {
      const { department } = operation.payload;
      if (!isDepartment(department, context)) return refused({ code: 'no-such-department' });
      const change = { ...talk(one, operation, 'hand-on'), department };
      return byDepartment(orders, one, context, 'hand-on', change);
    }
    case 'form.reply-question':
      return moved(orders, one, 'reply', talk(one, operation, 'reply'));
    case 'form.check-reply':
      return operation.payload.verdict === 'accept'
        ? moved(orders, one, 'accept', { checkedBy: operation.by })
        : moved(orders, one, 'send-back', talk(one, operation, 'sent-back'));
    case 'form.pause': {
      if (one.deadline === null) return refused({ code: 'no-deadline' });
      if (!isTimed(one)) return refused({ code: 'order-moved-on', state: one.state });
      const paused = pauseDeadline(one.deadline, operation.madeAt, operation.payload.reason);
      return paused.ok ? ok(replaced(orders, one, { deadline: paused.value })) : paused;
    }
    case 'form.resume': {
      if (one.deadline === null) return refused({ code: 'no-deadline' });
      if (!isTimed(one)) return refused({ code: 'order-moved-on', state: one.state });
      const resumed = resumeDeadline(one.deadline, operation.madeAt, context.rules.deadlines);
      return resumed.ok ? ok(replaced(orders, one, { deadline: resumed.value })) : resumed;
    }
    case 'form.warn':
      return warnOfOrder(orders, operation.payload, operation.madeAt, context.rules.deadlines);
    default:
      return operation satisfies never;
  }
};

/** What departments still have is taken back, and what was proposed is not sent. */
export const withdrawAll = (orders: Orders): Orders =>
  orders.map((one) => {
    const next = nextOrderState(one.state, 'withdraw');
    return next.ok ? { ...one, state: next.value } : one;
  });

const ordered = (orders: Orders, operation: Of<'form.order'>, context: OrderContext): Worked => {
  const { order: id, type, department, text, follows } = operation.payload;
  const { by, madeAt: at } = operation;
  if (orders.some((one) => one.id === id)) return refused({ code: 'order-exists' });
  const followed = orders.find((one) => one.id === follows);
  if (type === 'dispatch' ? follows !== null : !followed) return refused({ code: 'no-such-order' });
  if (followed && !isOpen(followed)) return refused({ code: 'order-moved-on', state: followed.state });
  const to = followed?.department ?? department;
  if (!isDepartment(to, context)) return refused({ code: 'no-such-department' });
  const proposed: Order = {
    ...{ id, type, department: to, text, follows, state: 'proposed', proposedBy: by, proposedAt: at },
    ...{ sentAt: null, deadline: null, audit: null, talk: [], answer: null, checkedBy: null },
  };
  return context.sends ? sent([...orders, proposed], proposed, operation, context, {}) : ok([...orders, proposed]);
};

const audited = (orders: Orders, one: Order, operation: Of<'form.audit-order'>, context: OrderContext): Worked => {
  const { payload, by, madeAt: at } = operation;
  if (payload.verdict === 'refuse') {
    const audit = { by, at, verdict: 'refused', reason: payload.reason } as const;
    return moved(orders, one, 'refuse-audit', { audit });
  }
  if (payload.verdict === 'approve') {
    return sent(orders, one, operation, context, { audit: { by, at, verdict: 'approved', reason: '' } });
  }
  const { department, text, reason } = payload;
  // A follow-up goes where the order is that it follows.
  const to = one.follows === null ? department : one.department;
  if (!isDepartment(to, context)) return refused({ code: 'no-such-department' });
  return sent(orders, one, operation, context, {
    ...{ text, department: to },
    audit: { by, at, verdict: 'changed', reason },
  });
};

/** On its way: a dispatch gets its deadline (S3), a chase is heard in the order it follows, a return takes that back. */
const sent = (
  orders: Orders,
  one: Order,
  operation: Of<'form.order' | 'form.audit-order'>,
  { complaintType, rules }: OrderContext,
  change: Partial<Order>,
): Worked => {
  const sentAt = operation.madeAt;
  if (one.type === 'dispatch') {
    const deadline = startDeadline(sentAt, complaintType ?? 'other', rules.deadlines);
    return moved(orders, one, 'approve', { ...change, sentAt, deadline });
  }
  const proposal = nextOrderState(one.state, 'approve');
  if (!proposal.ok) return proposal;
  const followed = orders.find(({ id }) => id === one.follows);
  if (!followed) return refused({ code: 'no-such-order' });
  // Where the order has been handed on to since, its follow-up goes too.
  const { department } = followed;
  const delivered = replaced(orders, one, { ...change, department, sentAt, state: 'delivered' });
  if (one.type === 'return') return moved(delivered, followed, 'withdraw', {});
  if (!isOpen(followed)) return refused({ code: 'order-moved-on', state: followed.state });
  const chase = { ...said(operation), text: change.text ?? one.text, kind: 'chase', department: null } as const;
  return ok(replaced(delivered, followed, { talk: [...followed.talk, chase] }));
};

const byDepartment = (
  orders: Orders,
  one: Order,
  { department }: OrderContext,
  event: OrderEvent,
  change: Partial<Order>,
): Worked => (department === one.department ? moved(orders, one, event, change) : refused({ code: 'not-your-order' }));

const moved = (orders: Orders, one: Order, event: OrderEvent, change: Partial<Order>): Worked => {
  const next = nextOrderState(one.state, event);
  return next.ok ? ok(replaced(orders, one, { ...change, state: next.value })) : next;
};

const replaced = (orders: Orders, one: Order, change: Partial<Order>): Orders =>
  orders.map((other) => (other.id === one.id ? { ...other, ...change } : other));

const isDepartment = (code: string, { rules }: OrderContext): boolean =>
  rules.departments.some((one) => one.code === code);

const said = ({ id, by, madeAt, payload }: OrderOperation) => ({
  operation: id,
  by,
  at: madeAt,
  text: 'text' in payload ? payload.text : 'reason' in payload ? payload.reason : '',
});

const talk = (one: Order, operation: OrderOperation, kind: Order['talk'][number]['kind']): Partial<Order> => ({
  talk: [
    ...one.talk,
    {
      ...said(operation),
      kind,
      department: operation.kind === 'form.hand-on-order' ? operation.payload.department : null,
    },
  ],
});
