import { type Deadline, isOverdue } from '../../deadlines/deadline.ts';
import type { Form } from '../form.ts';
import type { Order } from './orders.ts';
import type { Procedure } from './procedure.ts';
import { stageTables } from './stages.ts';

/** An order whose reply the user still waits for, with the time it has. */
export type TimedOrder = Order & { readonly deadline: Deadline };

const awaited: readonly Order['state'][] = ['sent', 'asked', 'answered'];

/** Whether its time runs, or stands still: nobody has accepted, refused or taken back what was sent. */
export const isTimed = (one: Order): one is TimedOrder => one.deadline !== null && awaited.includes(one.state);

/** Orders whose deadlines count. A user who has been answered is kept waiting by none any more. */
export const timedOrders = ({ kind, procedure }: Pick<Form, 'kind' | 'procedure'>): readonly TimedOrder[] =>
  stageTables[kind][procedure.stage]?.moves.warn ? procedure.orders.filter(isTimed) : [];

/** The order that must be through first (S3); `undefined`: none has a deadline that counts. */
export const firstDue = (form: Pick<Form, 'kind' | 'procedure'>): TimedOrder | undefined =>
  timedOrders(form).reduce<TimedOrder | undefined>(
    (first, one) => (first === undefined || one.deadline.dueAt < first.deadline.dueAt ? one : first),
    undefined,
  );

/** J4b: an order whose deadline is over; a paused one is never. */
export const overdueOrder = ({ orders }: Pick<Procedure, 'orders'>, now: number): TimedOrder | undefined =>
  orders.filter(isTimed).find((one) => isOverdue(one.deadline, now));
