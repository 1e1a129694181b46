import { isOpen } from './orders.ts';
import type { Procedure } from './procedure.ts';
import type { Stage } from './stages.ts';

/**
 * The stage of a complaint that is at work, by what stands open on it: the same whatever the order in which
 * desks' operations arrive. What a senior must look at first comes first.
 *
 * | on the form                          | stage       |
 * | an order proposed                    | audit       |
 * | a supplement not settled yet (J5)    | senior      |
 * | an order answered                    | reply-check |
 * | an order at a department             | department  |
 * | a reply accepted, not told yet       | informing   |
 * | none of these                        | senior      |
 */
export const stageOfOrders = ({ orders, supplements, answer }: Procedure): Stage => {
  if (orders.some((one) => one.state === 'proposed')) return 'audit';
  if (supplements.some((one) => !one.settled)) return 'senior';
  if (orders.some((one) => one.state === 'answered')) return 'reply-check';
  if (orders.some(isOpen)) return 'department';
  const untold = orders.some((one) => one.state === 'accepted' && (one.answer?.at ?? 0) > (answer?.at ?? 0));
  return untold ? 'informing' : 'senior';
};

/** The order sent last that a chase or a return can be about. */
export const lastOpenOrder = ({ orders }: Pick<Procedure, 'orders'>) => orders.findLast(isOpen);
