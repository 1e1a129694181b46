import { canTake, type RoutableSeat, type Wants } from './routable.ts';

/** `free`: a seat can be given the contact now. `busy`: there are such seats, none is free. `none`: nobody is there for it. */
export type SeatsFor = 'free' | 'busy' | 'none';

/** Whether a contact has to wait (A5). A seat on a break is busy: its agent comes back. */
export const seatsFor = (seats: readonly RoutableSeat[], wants: Wants): SeatsFor => {
  const able = seats.filter((seat) => seat.phase !== 'off' && canTake(seat, wants));
  if (able.length === 0) return 'none';
  return able.some((seat) => seat.phase === 'ready') ? 'free' : 'busy';
};
