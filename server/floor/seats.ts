import type { SeatView } from '../../contract/live.ts';
import { mayDo } from '../../domain/people/roles.ts';
import { nextSeatPhase, type SeatEvent, type SeatNotice, type SeatPhase } from '../../domain/people/seat-state.ts';
import { type Duty, dutyOf, type InboxLoad } from '../../domain/routing/blend.ts';
import type { RoutableSeat } from '../../domain/routing/routable.ts';
import { createListeners } from '../listeners.ts';
import type { ChannelId } from '../telephony/port.ts';
import type { SeatPerson } from './floor.ts';
import type { Clock, FloorSettings, Timers } from './parts.ts';

/** Whether a seat could be called by a colleague now, and why not. */
export type Reach = 'free' | 'busy' | 'unreachable' | 'unknown';

export interface Seats {
  readonly signedIn: (person: SeatPerson) => SeatView;
  readonly lost: (seat: string) => void;
  readonly happen: (seat: string, event: SeatEvent) => void;
  readonly registered: (seat: string) => void;
  readonly unregistered: (seat: string) => void;
  /** The seat has one more call: it talks. */
  readonly legUp: (seat: string, leg: ChannelId) => void;
  /** One call less: after the last the seat wraps up, or is off where its desk has gone for good. */
  readonly legDown: (seat: string, leg: ChannelId) => void;
  readonly legsOf: (seat: string) => readonly ChannelId[];
  /** Seats with their desk connected, their telephone registered and the right to take calls. */
  readonly routable: () => readonly RoutableSeat[];
  readonly inboxesChanged: (load: InboxLoad) => void;
  readonly reach: (seat: string) => Reach;
  readonly person: (seat: string) => SeatPerson | undefined;
  readonly view: (seat: string) => SeatView;
  readonly onChanged: (listener: (seat: SeatView) => void) => () => void;
  readonly countByPhase: () => Record<SeatPhase, number>;
  readonly stop: () => void;
}

export interface SeatsParts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly settings: Pick<FloorSettings, 'wrapUpSeconds' | 'lostSeatSeconds' | 'blend'>;
  /** The seat's telephone did not come back in time: its calls can not go on. */
  readonly onTelephoneLost: (seat: string) => void;
}

interface Seat {
  person: SeatPerson;
  phase: SeatPhase;
  since: number;
  readySince: number;
  wrapUpEndsAt: number | null;
  notice: SeatNotice | null;
  duty: Duty;
  /** Live connections of this seat's desk. */
  connections: number;
  readonly legs: Set<ChannelId>;
  /** A call taken or made in a break ends in a break, not in the queue. */
  breakAfterCall: boolean;
  stopWrapUpTimer: () => void;
  stopDeskTimer: () => void;
}

const nothing = (): void => undefined;
const reachableInPhase: readonly SeatPhase[] = ['ready', 'break', 'wrap-up'];

export const createSeats = ({ clock, timers, settings, onTelephoneLost }: SeatsParts): Seats => {
  const seats = new Map<string, Seat>();
  const telephones = new Set<string>();
  const telephoneTimers = new Map<string, () => void>();
  const changed = createListeners<SeatView>();
  let inboxes: InboxLoad = { text: 0, recording: 0 };

  const viewOf = ({ person, phase, since, wrapUpEndsAt, notice, duty }: Seat): SeatView => ({
    staffNumber: person.staffNumber,
    phase,
    since,
    wrapUpEndsAt,
    notice: notice ?? (duty === 'own-queue' ? 'own-queue' : null),
  });

  const enter = (seat: Seat, phase: SeatPhase, cause: SeatEvent) => {
    const from = seat.phase;
    seat.stopWrapUpTimer();
    seat.wrapUpEndsAt = null;
    seat.notice = cause === 'miss' ? 'not-answered' : null;
    seat.phase = phase;
    seat.since = clock();
    switch (phase) {
      case 'ready':
        // Withdrawn: the seat did nothing, so it has been idle all the while.
        if (cause !== 'withdraw') seat.readySince = seat.since;
        return;
      case 'talking':
        seat.breakAfterCall = from === 'break' || (from === 'wrap-up' && seat.breakAfterCall);
        return;
      case 'wrap-up':
        seat.wrapUpEndsAt = seat.since + settings.wrapUpSeconds * 1000;
        seat.stopWrapUpTimer = timers.after(settings.wrapUpSeconds * 1000, () =>
          apply(seat, seat.breakAfterCall ? 'pause' : 'wrap-up-over'),
        );
        return;
      case 'off':
      case 'break':
      case 'ringing':
        return;
      default:
        phase satisfies never;
    }
  };

  const apply = (seat: Seat, event: SeatEvent) => {
    const phase = nextSeatPhase(seat.phase, event);
    if (phase === seat.phase) return;
    enter(seat, phase, event);
    changed.tell(viewOf(seat));
  };

  const happen = (staffNumber: string, event: SeatEvent) => {
    const seat = seats.get(staffNumber);
    if (seat) apply(seat, event);
  };

  const deskGone = (seat: Seat) => {
    if (seat.legs.size === 0) apply(seat, 'sign-out');
  };

  return {
    signedIn: (person) => {
      const seat = seats.get(person.staffNumber) ?? newSeat(person, clock());
      seats.set(person.staffNumber, seat);
      seat.person = person;
      seat.duty = dutyOf(person.roles, seat.duty, inboxes, settings.blend);
      seat.connections += 1;
      seat.stopDeskTimer();
      seat.stopDeskTimer = nothing;
      const before = seat.phase;
      apply(seat, 'sign-in');
      // A seat that was there all along can be given calls again: its queue must know.
      if (seat.phase === before) changed.tell(viewOf(seat));
      return viewOf(seat);
    },
    lost: (staffNumber) => {
      const seat = seats.get(staffNumber);
      if (!seat || seat.connections === 0) return;
      seat.connections -= 1;
      if (seat.connections > 0) return;
      seat.stopDeskTimer = timers.after(settings.lostSeatSeconds * 1000, () => {
        seat.stopDeskTimer = nothing;
        deskGone(seat);
      });
    },
    happen,
    registered: (staffNumber) => {
      telephoneTimers.get(staffNumber)?.();
      telephoneTimers.delete(staffNumber);
      telephones.add(staffNumber);
      const seat = seats.get(staffNumber);
      if (seat) changed.tell(viewOf(seat));
    },
    unregistered: (staffNumber) => {
      if (!telephones.delete(staffNumber)) return;
      // A line that was cut mostly comes back within seconds, its voice never having stopped.
      const stopTimer = timers.after(settings.lostSeatSeconds * 1000, () => {
        telephoneTimers.delete(staffNumber);
        onTelephoneLost(staffNumber);
      });
      telephoneTimers.set(staffNumber, stopTimer);
    },
    legUp: (staffNumber, leg) => {
      const seat = seats.get(staffNumber);
      if (!seat) return;
      seat.legs.add(leg);
      apply(seat, 'answer');
    },
    legDown: (staffNumber, leg) => {
      const seat = seats.get(staffNumber);
      if (!seat?.legs.delete(leg) || seat.legs.size > 0) return;
      const goneForGood = seat.connections === 0 && seat.stopDeskTimer === nothing;
      apply(seat, goneForGood ? 'sign-out' : 'hang-up');
    },
    legsOf: (staffNumber) => [...(seats.get(staffNumber)?.legs ?? [])],
    routable: () =>
      [...seats.values()]
        .filter(
          ({ person, connections }) =>
            connections > 0 && telephones.has(person.staffNumber) && mayDo(person.roles, 'call.take'),
        )
        .map(({ person, phase, readySince, duty }) => ({
          staffNumber: person.staffNumber,
          languages: person.languages,
          services: person.services,
          senior: person.roles.includes('senior-agent'),
          manager: person.roles.includes('manager-hotline'),
          duty,
          phase,
          readySince,
        })),
    inboxesChanged: (load) => {
      inboxes = load;
      for (const seat of seats.values()) {
        const duty = dutyOf(seat.person.roles, seat.duty, load, settings.blend);
        if (duty === seat.duty) continue;
        seat.duty = duty;
        changed.tell(viewOf(seat));
      }
    },
    reach: (staffNumber) => {
      const seat = seats.get(staffNumber);
      if (!seat || !mayDo(seat.person.roles, 'call.take')) return 'unknown';
      if (seat.connections === 0 || seat.phase === 'off' || !telephones.has(staffNumber)) return 'unreachable';
      return reachableInPhase.includes(seat.phase) ? 'free' : 'busy';
    },
    person: (staffNumber) => seats.get(staffNumber)?.person,
    view: (staffNumber) => {
      const seat = seats.get(staffNumber);
      return seat ? viewOf(seat) : { staffNumber, phase: 'off', since: clock(), wrapUpEndsAt: null, notice: null };
    },
    onChanged: changed.add,
    countByPhase: () => {
      const counts = { off: 0, break: 0, ready: 0, ringing: 0, talking: 0, 'wrap-up': 0 };
      for (const { phase } of seats.values()) counts[phase] += 1;
      return counts;
    },
    stop: () => {
      for (const seat of seats.values()) {
        seat.stopWrapUpTimer();
        seat.stopDeskTimer();
      }
      for (const stopTimer of telephoneTimers.values()) stopTimer();
    },
  };
};

const newSeat = (person: SeatPerson, at: number): Seat => ({
  person,
  phase: 'off',
  since: at,
  readySince: at,
  wrapUpEndsAt: null,
  notice: null,
  duty: 'calls',
  connections: 0,
  legs: new Set(),
  breakAfterCall: false,
  stopWrapUpTimer: nothing,
  stopDeskTimer: nothing,
});
