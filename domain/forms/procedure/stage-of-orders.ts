import { isOpen } from './orders.ts';
import type { Procedure } from './procedure.ts';
import type { Stage } from './stages.ts';

/** What lies open on a complaint, and the stage that it is in then. */
interface Standing {
  readonly what: string;
  readonly is: (procedure: Procedure) => boolean;
  readonly stage: Stage;
}

/**
 * The stage of a complaint that is at work, by what lies open on it: the same whatever the order in which desks'
 * operations arrive. The first that is so decides: what a senior must look at comes first.
 */
export const standings: readonly Standing[] = [
  {
    what: 'an order is proposed (J5, J6)',
    is: ({ orders }) => orders.some(({ state }) => state === 'proposed'),
    stage: 'audit',
  },
  {
    what: 'a supplement is not settled yet (J5)',
    is: ({ supplements }) => supplements.some(({ settled }) => !settled),
    stage: 'senior',
  },
  {
    what: 'a department has answered (S4)',
    is: ({ orders }) => orders.some(({ state }) => state === 'answered'),
    stage: 'reply-check',
  },
  { what: 'an order is at a department (S4)', is: ({ orders }) => orders.some(isOpen), stage: 'department' },
  {
    what: 'a reply was accepted that the user does not know yet (S4)',
    is: ({ orders, answer }) =>
      orders.some((one) => one.state === 'accepted' && (one.answer?.at ?? 0) > (answer?.at ?? 0)),
    stage: 'informing',
  },
];

export const stageOfOrders = (procedure: Procedure): Stage =>
  standings.find(({ is }) => is(procedure))?.stage ?? 'senior';

/** The order sent last that a chase or a return can be about. */
export const lastOpenOrder = ({ orders }: Pick<Procedure, 'orders'>) => orders.findLast(isOpen);
