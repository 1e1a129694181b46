import type { SeatPhase } from '../../../domain/people/seat-state.ts';
import { type Pairing, pairUp, usualRules } from '../../../domain/routing/pair-up.ts';
import { pickSeat } from '../../../domain/routing/pick-seat.ts';
import type { RoutableSeat } from '../../../domain/routing/routable.ts';
import type { WaitingContact } from '../../../domain/routing/waiting-line.ts';
import type { Hour, SimulatedCaller } from './hour.ts';

export interface SimulatedContact extends WaitingContact {
  readonly caller: SimulatedCaller;
}

/** A way of giving callers to seats. */
export type Routing = (
  waiting: readonly SimulatedContact[],
  seats: readonly RoutableSeat[],
  now: number,
) => Pairing<SimulatedContact, RoutableSeat>;

export const smartQueue: Routing = (waiting, seats, now) => pairUp(waiting, seats, now, usualRules);

/** First come first served, to the longest idle seat with the skill; nothing else is looked at. */
export const plainFifo: Routing = (waiting, seats) => {
  const left = new Set(seats);
  const pairs = [...waiting]
    .sort((one, two) => one.since - two.since)
    .flatMap((contact) => {
      const seat = pickSeat([...left], contact);
      if (!seat) return [];
      left.delete(seat);
      return [{ contact, seat }];
    });
  return { pairs, lookAgainAt: null };
};

/** What became of a caller. */
export interface Answered {
  readonly caller: SimulatedCaller;
  readonly seat: string;
  /** When the seat that answered began to ring. */
  readonly offeredAt: number;
  readonly waitMs: number;
}

/** How long a seat that did not answer rings, and stays away. */
const missRingMs = 20_000;
const awayMs = 60_000;

/** Every caller of the hour until the last one is answered, in virtual time; nobody gives up. */
export const simulateHour = ({ callers, seats: atStart }: Hour, routing: Routing): readonly Answered[] => {
  const answered: Answered[] = [];
  const missed = new Set<number>();
  const events: { readonly at: number; readonly run: () => void }[] = [];
  const seats = new Map(atStart.map((seat) => [seat.staffNumber, seat]));
  let waiting: readonly SimulatedContact[] = [];
  let now = 0;
  let alarm: number | null = null;

  const at = (time: number, run: () => void) => events.push({ at: time, run });
  const set = (staffNumber: string, phase: SeatPhase) => {
    const seat = seats.get(staffNumber);
    if (seat) seats.set(staffNumber, { ...seat, phase, readySince: phase === 'ready' ? now : seat.readySince });
  };

  const ring = (contact: SimulatedContact, { staffNumber }: RoutableSeat) => {
    const offeredAt = now;
    const { caller } = contact;
    set(staffNumber, 'ringing');
    waiting = waiting.filter((other) => other !== contact);
    if (caller.missedOnce && !missed.has(caller.id)) {
      missed.add(caller.id);
      at(now + missRingMs, () => {
        waiting = [...waiting, { ...contact, missed: { seat: staffNumber, at: now } }];
        set(staffNumber, 'break');
        at(now + awayMs, () => set(staffNumber, 'ready'));
      });
      return;
    }
    at(now + caller.ringMs, () => {
      answered.push({ caller, seat: staffNumber, offeredAt, waitMs: now - contact.since });
      set(staffNumber, 'talking');
      at(now + caller.handlingMs, () => set(staffNumber, 'ready'));
    });
  };

  for (const caller of callers) {
    at(caller.arrivesAt, () => {
      const { language, service, familiar, keyAccount } = caller;
      const priority = keyAccount ? 'key-account' : 'normal';
      waiting = [...waiting, { caller, language, service, familiar, priority, since: now, missed: undefined }];
    });
  }
  while (events.length > 0) {
    const next = events.reduce((first, event) => (event.at < first.at ? event : first));
    events.splice(events.indexOf(next), 1);
    now = next.at;
    next.run();
    const { pairs, lookAgainAt } = routing(waiting, [...seats.values()], now);
    for (const { contact, seat } of pairs) ring(contact, seat);
    if (lookAgainAt !== null && lookAgainAt !== alarm) {
      alarm = lookAgainAt;
      at(lookAgainAt, () => undefined);
    }
  }
  return answered;
};
