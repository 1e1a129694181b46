import type { DeadlineRules } from '../../deadlines/deadline-rules.ts';
import { nextStepAt, stepsReached, warnOfDeadline } from '../../deadlines/escalation.ts';
import { ok, type Result, refused } from '../../result.ts';
import type { Form } from '../form.ts';
import type { Order, OrderRefusal } from './orders.ts';
import { isTimed, timedOrders } from './standing-deadline.ts';

/** A step of the escalation of one order (S4). */
export interface Warning {
  readonly order: string;
  readonly atPercent: number;
}

/** The orders once a step of the escalation is taken on one of them, or why it is not. */
export const warnOfOrder = (
  orders: readonly Order[],
  { order, atPercent }: Warning,
  at: number,
  rules: DeadlineRules,
): Result<readonly Order[], OrderRefusal> => {
  const one = orders.find(({ id }) => id === order);
  if (!one) return refused({ code: 'no-such-order' });
  if (one.deadline === null) return refused({ code: 'no-deadline' });
  if (!isTimed(one)) return refused({ code: 'order-moved-on', state: one.state });
  const deadline = warnOfDeadline(one.deadline, atPercent, at, rules);
  return deadline.ok
    ? ok(orders.map((other) => (other === one ? { ...one, deadline: deadline.value } : other)))
    : deadline;
};

/** What the centre has to do about a form's orders by now, in the order of the steps. */
export const warningsDue = (
  form: Pick<Form, 'kind' | 'procedure'>,
  now: number,
  rules: DeadlineRules,
): readonly Warning[] =>
  timedOrders(form).flatMap(({ id, deadline }) =>
    stepsReached(deadline, now, rules).map(({ atPercent }) => ({ order: id, atPercent })),
  );

/** The instant at which there is something to do about a form's orders; null: not by time alone. */
export const nextWarningAt = (form: Pick<Form, 'kind' | 'procedure'>, rules: DeadlineRules): number | null => {
  const instants = timedOrders(form).map(({ deadline }) => nextStepAt(deadline, rules));
  return instants.reduce((first, at) => (at === null || (first !== null && first <= at) ? first : at), null);
};
