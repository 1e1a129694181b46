import { type HeadStartSeconds, inLine, type WaitingContact } from '../../domain/routing/waiting-line.ts';
import type { TransferRole } from '../../domain/routing/warm-transfer.ts';
import { createListeners } from '../listeners.ts';
import type { ChannelId } from '../telephony/port.ts';
import type { Contact } from './contact.ts';
import type { Clock } from './parts.ts';
import type { KnownCaller } from './recognition.ts';

export interface Waiting extends WaitingContact {
  readonly channel: ChannelId;
  readonly contact: Contact;
}

export interface Joining {
  readonly channel: ChannelId;
  readonly contact: Contact;
  /** `first`: a caller whose seat was lost, who has been counted, and answered, before. */
  readonly place: 'last' | 'first';
  /** Absent: a stranger. */
  readonly known?: KnownCaller;
  /** Server time in ms; absent: from now on. */
  readonly since?: number;
  /** A talk that is handed on: to a seat of this role, and no other. */
  readonly role?: TransferRole;
}

/** Callers who wait for a seat, those at whose seat it rings among them: they keep their place until it answers. */
export interface CallerQueue {
  readonly join: (caller: Joining) => void;
  readonly leave: (channel: ChannelId, how: Departure) => void;
  /** The records knew the caller, later than it queued. */
  readonly recognised: (channel: ChannelId, caller: KnownCaller) => void;
  /** The seat did not answer this caller. */
  readonly missed: (channel: ChannelId, seat: string) => void;
  /** Who is to be served first stands first. */
  readonly inOrder: () => readonly Waiting[];
  readonly size: () => number;
  readonly onChanged: (listener: (waiting: number) => void) => () => void;
  readonly figures: () => {
    readonly longestWaitSeconds: number;
    readonly offered: number;
    readonly answered: number;
    readonly abandoned: number;
    readonly overflowed: number;
  };
}

/** How a caller left the queue; `overflowed`: for a callback or a voice message (A5). */
export type Departure = 'answered' | 'abandoned' | 'overflowed';

export const createCallerQueue = (clock: Clock, headStartSeconds: HeadStartSeconds): CallerQueue => {
  let callers: readonly Waiting[] = [];
  const changed = createListeners<number>();
  let offered = 0;
  const left: Record<Departure, number> = { answered: 0, abandoned: 0, overflowed: 0 };

  const change = (channel: ChannelId, to: (caller: Waiting) => Waiting) => {
    callers = callers.map((caller) => (caller.channel === channel ? to(caller) : caller));
  };

  return {
    join: ({ channel, contact, place, known, since, role }) => {
      callers = [
        ...callers,
        {
          channel,
          contact,
          language: contact.language,
          service: contact.service,
          role,
          since: since ?? clock(),
          priority: place === 'first' ? 'restored' : (known?.priority ?? 'normal'),
          familiar: known?.familiar,
          missed: undefined,
        },
      ];
      if (place === 'last') offered += 1;
      changed.tell(callers.length);
    },
    leave: (channel, how) => {
      const leaving = callers.find((caller) => caller.channel === channel);
      if (!leaving) return;
      callers = callers.filter((caller) => caller !== leaving);
      if (leaving.priority !== 'restored') left[how] += 1;
      changed.tell(callers.length);
    },
    recognised: (channel, { priority, familiar }) => {
      const known = callers.some((caller) => caller.channel === channel);
      change(channel, (caller) => ({
        ...caller,
        priority: caller.priority === 'restored' ? caller.priority : priority,
        familiar,
      }));
      if (known) changed.tell(callers.length);
    },
    missed: (channel, seat) => change(channel, (caller) => ({ ...caller, missed: { seat, at: clock() } })),
    inOrder: () => inLine(callers, headStartSeconds),
    size: () => callers.length,
    onChanged: changed.add,
    figures: () => ({
      longestWaitSeconds: callers.reduce((longest, { since }) => Math.max(longest, waitedSeconds(since, clock())), 0),
      offered,
      ...left,
    }),
  };
};

export const waitedSeconds = (since: number, now: number): number => Math.max(0, Math.floor((now - since) / 1000));
