import { canTake, type RoutableSeat } from '../../../domain/routing/routable.ts';
import type { Answered } from './simulate-hour.ts';

/**
 * How often a caller was passed by one who came later by more than `graceMs`, at a seat that could have
 * taken either: starvation is made of nothing else.
 */
export const passedOver = (hour: readonly Answered[], seats: readonly RoutableSeat[], graceMs: number): number => {
  const seatOf = new Map(seats.map((seat) => [seat.staffNumber, seat]));
  const passes = (later: Answered, earlier: Answered): boolean => {
    const seat = seatOf.get(later.seat);
    return (
      later.caller.arrivesAt > earlier.caller.arrivesAt + graceMs &&
      later.offeredAt < earlier.offeredAt &&
      seat !== undefined &&
      canTake(seat, earlier.caller)
    );
  };
  return hour.filter((earlier) => hour.some((later) => passes(later, earlier))).length;
};
