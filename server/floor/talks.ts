import { holdMusic } from '../../domain/access/voice-prompts.ts';
import type { BridgeId, ChannelId, TelephonyPort } from '../telephony/port.ts';
import type { Contact, Leaving, Party } from './contact.ts';
import type { Seats } from './seats.ts';

/** Two parties who speak, or of whom one waits. */
export interface Talk {
  readonly contact: Contact;
  readonly parties: readonly [Party, Party];
}

/**
 *   open ─▶ speaking ◀── held / resumed ──▶ on hold
 *             │ suspend      ▲ restore
 *             ▼              │
 *           suspended ───────┘        every state: close (handed on), ended (a party left)
 *
 * Where a party does not speak, the other hears hold music: while held, and while suspended. A talk that is
 * guarded goes on, and is none of any other transfer's.
 */
export interface Talks {
  readonly open: (contact: Contact, parties: readonly [Party, Party]) => void;
  readonly of: (channel: ChannelId) => Talk | undefined;
  readonly held: (channel: ChannelId) => void;
  readonly resumed: (channel: ChannelId) => void;
  /**
   * Keeps the parties apart for a transfer. From then on `onPartyGone` says what becomes of the party
   * left behind; the talk is closed before it is called.
   */
  readonly suspend: (talk: Talk, onPartyGone: (gone: Party, how: Leaving) => void) => void;
  /** As `suspend`, and the parties go on speaking meanwhile. */
  readonly guard: (talk: Talk, onPartyGone: (gone: Party, how: Leaving) => void) => void;
  /** Whether the talk is being transferred already, suspended or guarded. */
  readonly isSuspended: (talk: Talk) => boolean;
  readonly restore: (talk: Talk) => void;
  /** Forgets the talk; both parties stay on the line, in silence. */
  readonly close: (talk: Talk) => void;
  /** A party left: the one left behind is let go. Whether the channel was in a talk. */
  readonly ended: (channel: ChannelId, how: Leaving) => boolean;
  /** Lets one party go: a seat's line is closed, a caller is told what happened. */
  readonly release: (party: Party, how: Leaving) => void;
}

/** Told of every talk, while its parties are on the line. */
export interface TalkWatcher {
  readonly opened: (talk: Talk) => void;
  readonly closed: (talk: Talk) => void;
}

export interface TalksParts {
  readonly port: TelephonyPort;
  readonly seats: Pick<Seats, 'legDown'>;
  readonly onCallerLeft: (caller: ChannelId, how: Leaving) => void;
  readonly watcher: TalkWatcher;
}

interface OpenTalk extends Talk {
  readonly heldBy: Set<ChannelId>;
  bridge: BridgeId | null;
  onPartyGone: ((gone: Party, how: Leaving) => void) | null;
  suspended: boolean;
}

export const otherParty = ({ parties: [one, two] }: Talk, channel: ChannelId): Party =>
  one.channel === channel ? two : one;

export const createTalks = ({ port, seats, onCallerLeft, watcher }: TalksParts): Talks => {
  const talks = new Map<ChannelId, OpenTalk>();

  const join = (talk: OpenTalk) => {
    talk.bridge ??= port.bridge(talk.parties.map(({ channel }) => channel));
  };

  const part = (talk: OpenTalk) => {
    if (talk.bridge) port.unbridge(talk.bridge);
    talk.bridge = null;
  };

  const entertain = ({ channel }: Party) => port.play(channel, [holdMusic], 'for-ever');

  const apply = (talk: OpenTalk) => {
    const [one, two] = talk.parties;
    if (talk.heldBy.size === 0) return join(talk);
    part(talk);
    for (const [party, other] of [
      [one, two],
      [two, one],
    ] as const) {
      if (talk.heldBy.has(other.channel) && !talk.heldBy.has(party.channel)) entertain(party);
    }
  };

  const close = (talk: Talk) => {
    const known = talks.get(talk.parties[0].channel);
    for (const { channel } of talk.parties) {
      const open = talks.get(channel);
      if (open) part(open);
      talks.delete(channel);
    }
    if (known) watcher.closed(known);
  };

  const release = (party: Party, how: Leaving) => {
    switch (party.kind) {
      case 'seat':
        port.hangUp(party.channel, 'normal');
        seats.legDown(party.seat, party.channel);
        return;
      case 'called':
        port.hangUp(party.channel, 'normal');
        return;
      case 'caller':
        onCallerLeft(party.channel, how);
        return;
      default:
        party satisfies never;
    }
  };

  const hold = (channel: ChannelId, change: (heldBy: Set<ChannelId>) => void) => {
    const talk = talks.get(channel);
    if (!talk) return;
    change(talk.heldBy);
    if (!talk.suspended) apply(talk);
  };

  return {
    open: (contact, parties) => {
      const talk: OpenTalk = { contact, parties, heldBy: new Set(), bridge: null, onPartyGone: null, suspended: false };
      for (const { channel } of parties) talks.set(channel, talk);
      join(talk);
      watcher.opened(talk);
    },
    of: (channel) => talks.get(channel),
    held: (channel) => hold(channel, (heldBy) => heldBy.add(channel)),
    resumed: (channel) => hold(channel, (heldBy) => heldBy.delete(channel)),
    suspend: (talk, onPartyGone) => {
      const open = talks.get(talk.parties[0].channel);
      if (!open) return;
      open.onPartyGone = onPartyGone;
      open.suspended = true;
      part(open);
    },
    guard: (talk, onPartyGone) => {
      const open = talks.get(talk.parties[0].channel);
      if (open) open.onPartyGone = onPartyGone;
    },
    isSuspended: (talk) => Boolean(talks.get(talk.parties[0].channel)?.onPartyGone),
    restore: (talk) => {
      const open = talks.get(talk.parties[0].channel);
      if (!open) return;
      open.onPartyGone = null;
      if (open.suspended) apply(open);
      open.suspended = false;
    },
    close,
    ended: (channel, how) => {
      const talk = talks.get(channel);
      if (!talk) return false;
      const [one, two] = talk.parties;
      const gone = one.channel === channel ? one : two;
      close(talk);
      if (gone.kind === 'seat') seats.legDown(gone.seat, channel);
      if (talk.onPartyGone) talk.onPartyGone(gone, how);
      else release(otherParty(talk, channel), how);
      return true;
    },
    release,
  };
};
