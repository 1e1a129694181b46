import { canTake, type RoutableSeat, type Wants } from './routable.ts';

/** The longest idle ready seat that can take the contact (A3); ties go to the lower staff number. */
export const pickSeat = <Seat extends RoutableSeat>(seats: readonly Seat[], wants: Wants): Seat | undefined =>
  seats
    .filter((seat) => seat.phase === 'ready' && canTake(seat, wants))
    .sort((a, b) => a.readySince - b.readySince || a.staffNumber.localeCompare(b.staffNumber))[0];
