import type { Rating, RatingPhase } from '../voice-call.ts';
import { menuState } from './menu-state.ts';
import { type Cell, go, onwards, type States, say } from './state.ts';

/**
 * Q1: the talk is over and its agent gone; the caller says by a key how satisfied they are, or nothing.
 *
 *   talking ── seat-asks-rating ─▶ rating ── 1, 2 ─▶ farewell, with thanks
 *                                    └── two silences, 0 an agent
 */
const rated =
  (outcome: Rating): Cell<'key'> =>
  (call) =>
    go(call, 'farewell', { effects: [{ type: 'keep-rating', outcome }], saying: say(call, 'rating-kept') });

export const ratingStates: States<RatingPhase> = {
  rating: menuState({
    says: (call) => say(call, 'rating-question'),
    keys: { '1': rated('satisfied'), '2': rated('dissatisfied') },
    givenUp: onwards('farewell'),
    silences: 2,
  }),
};
