import { expectedWaitSeconds, type LastHour } from '../../domain/routing/expected-wait.ts';
import { canTake, type RoutableSeat, type Wants } from '../../domain/routing/routable.ts';
import { type SeatsFor, seatsFor } from '../../domain/routing/seats-for.ts';
import type { ChannelId } from '../telephony/port.ts';
import type { CallerQueue } from './queue.ts';

/** What a caller can be told about the wait, and what decides whether to offer another way (A5). */
export interface QueueOutlook {
  /** undefined where the channel does not wait. */
  readonly place: (channel: ChannelId) => QueuePlace | undefined;
  readonly seatsFor: (wants: Wants) => SeatsFor;
  /** Tells of every change of a seat or of the queue; returns the function that stops it. */
  readonly onChanged: (listener: () => void) => () => void;
}

export interface QueuePlace {
  /** 1: the next. */
  readonly position: number;
  /** Null where nothing is known yet: nothing is promised then. */
  readonly expectedWaitSeconds: number | null;
}

export const createOutlook = (parts: {
  readonly queue: Pick<CallerQueue, 'inOrder' | 'onChanged'>;
  readonly seats: {
    readonly routable: () => readonly RoutableSeat[];
    readonly onChanged: (listener: () => void) => () => void;
  };
  readonly lastHour: () => LastHour;
}): QueueOutlook => {
  const { queue, seats } = parts;
  return {
    place: (channel) => {
      const waiting = queue.inOrder();
      const at = waiting.findIndex((caller) => caller.channel === channel);
      const caller = waiting[at];
      if (!caller) return undefined;
      // Those ahead who want seats of other skills do not stand in this caller's way.
      const able = seats.routable().filter((seat) => seat.phase !== 'break' && canTake(seat, caller.contact));
      const ahead = waiting.slice(0, at).filter((other) => able.some((seat) => canTake(seat, other)));
      const position = ahead.length + 1;
      return { position, expectedWaitSeconds: expectedWaitSeconds(position, able.length, parts.lastHour()) };
    },
    seatsFor: (wants) => seatsFor(seats.routable(), wants),
    onChanged: (listener) => {
      const stops = [seats.onChanged(listener), queue.onChanged(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
};
