import { pairUp, type RoutingRules } from '../../domain/routing/pair-up.ts';
import type { ChannelId } from '../telephony/port.ts';
import { type HandedOn, headersOf } from './contact.ts';
import type { Clock, Timers } from './parts.ts';
import { type CallerQueue, type Departure, type Waiting, waitedSeconds } from './queue.ts';
import type { KnownCaller } from './recognition.ts';
import type { Rings } from './rings.ts';
import type { Seats } from './seats.ts';

/** Brings callers who wait together with seats that are ready (A3). */
export interface Dispatch {
  /** Offers callers to seats by domain/routing; to be run whenever a seat or the queue changed. */
  readonly run: () => void;
  /** Whether the caller was still waiting. */
  readonly callerLeft: (channel: ChannelId, how: Exclude<Departure, 'answered'>) => boolean;
  readonly stop: () => void;
}

export interface DispatchParts {
  readonly queue: CallerQueue;
  readonly seats: Seats;
  readonly rings: Rings;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly rules: RoutingRules;
  readonly knownAs: (channel: ChannelId) => KnownCaller & HandedOn;
  readonly onRinging: (caller: Waiting, seat: string) => void;
  readonly onWithdrawn: (caller: Waiting, seat: string) => void;
  readonly onAnswered: (caller: Waiting, seat: string, leg: ChannelId) => void;
}

const nothing = (): void => undefined;

export const createDispatch = (parts: DispatchParts): Dispatch => {
  const { queue, seats, rings, clock, timers } = parts;
  /** Leg that rings for each caller; the caller waits on in the queue. */
  const offers = new Map<ChannelId, ChannelId>();
  let running = false;
  let again = false;
  let stopLookingAgain = nothing;

  /** Whether it rings. */
  const offer = (caller: Waiting, seat: string): boolean => {
    const leg = rings.ring({
      seat,
      callerId: caller.contact.caller || 'anonymous',
      language: caller.contact.language,
      headers: headersOf(caller.contact, waitedSeconds(caller.since, clock()), parts.knownAs(caller.channel)),
      onAnswered: (answered) => {
        offers.delete(caller.channel);
        queue.leave(caller.channel, 'answered');
        parts.onAnswered(caller, seat, answered);
      },
      onFailed: () => {
        offers.delete(caller.channel);
        queue.missed(caller.channel, seat);
        parts.onWithdrawn(caller, seat);
        run();
      },
    });
    if (!leg) return false;
    offers.set(caller.channel, leg);
    parts.onRinging(caller, seat);
    return true;
  };

  const offerAll = () => {
    const waiting = queue.inOrder().filter(({ channel }) => !offers.has(channel));
    const there = seats.routable().filter(({ staffNumber }) => !rings.isRinging(staffNumber));
    const { pairs, lookAgainAt } = pairUp(waiting, there, clock(), parts.rules);
    stopLookingAgain();
    stopLookingAgain = lookAgainAt === null ? nothing : timers.after(lookAgainAt - clock(), run);
    for (const { contact, seat } of pairs) {
      // Offering tells others of it, who may have changed what this pairing was made from.
      if (offers.has(contact.channel) || !queue.inOrder().some(({ channel }) => channel === contact.channel)) continue;
      if (!offer(contact, seat.staffNumber)) again = true;
    }
  };

  // Offering changes a seat, which asks for another run: one at a time, so that no seat is offered twice.
  const run = () => {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      offerAll();
    }
    running = false;
  };

  return {
    run,
    callerLeft: (channel, how) => {
      if (!queue.inOrder().some((caller) => caller.channel === channel)) return false;
      const leg = offers.get(channel);
      offers.delete(channel);
      queue.leave(channel, how);
      if (leg) rings.withdraw(leg);
      return true;
    },
    stop: () => stopLookingAgain(),
  };
};
