import { holdMusic } from '../../domain/access/voice-prompts.ts';
import type { ChannelId, TelephonyPort, TransferHandle } from '../telephony/port.ts';
import { headersOf, type Party } from './contact.ts';
import type { Recognition } from './recognition.ts';
import type { Rings } from './rings.ts';
import type { Reach, Seats } from './seats.ts';
import { otherParty, type Talk, type Talks } from './talks.ts';

/**
 * A seat passes its call on to a colleague without speaking to them first (RFC 5589 section 6).
 *
 *   talking ── asked ─▶ ringing the colleague; the caller hears music, the seat that asked keeps its line
 *      ▲                   │            │
 *      │ failed: reported, │            │ answered: reported 200, caller and colleague speak,
 *      └─ restored ────────┘            ▼ the seat that asked wraps up
 *                                     done
 *
 * Where the seat that asked hung up meanwhile and the colleague does not answer, the caller goes to
 * the front of the queue. A caller who hangs up ends it all.
 */
export interface BlindTransfer {
  readonly asked: (leg: ChannelId, target: string, handle: TransferHandle) => void;
  /** Whether the channel was of a party on the way to a colleague whose former seat has left. */
  readonly ended: (channel: ChannelId) => boolean;
}

export interface BlindTransferParts {
  readonly port: TelephonyPort;
  readonly seats: Seats;
  readonly rings: Rings;
  readonly talks: Talks;
  readonly knownAs: Recognition['of'];
}

interface Transfer {
  readonly talk: Talk;
  readonly asking: Party;
  readonly moving: Party;
  readonly handle: TransferHandle;
  readonly colleague: ChannelId;
}

const sipStatuses = {
  done: 200,
  unknown: 404,
  unreachable: 480,
  busy: 486,
  callerGone: 487,
  noSuchCall: 481,
} as const;

export const createBlindTransfer = ({ port, seats, rings, talks, knownAs }: BlindTransferParts): BlindTransfer => {
  /** Transfers whose asking seat has left, by the channel of the party that moves. */
  const orphans = new Map<ChannelId, Transfer>();

  const reachOf = (target: string): Reach => (rings.isRinging(target) ? 'busy' : seats.reach(target));

  const isOrphan = ({ moving }: Transfer) => orphans.has(moving.channel);

  const arrived = (transfer: Transfer, target: string, leg: ChannelId) => {
    const { talk, asking, moving, handle } = transfer;
    if (!orphans.delete(moving.channel)) {
      talks.close(talk);
      handle.report(sipStatuses.done);
      talks.release(asking, 'hung-up');
    }
    talks.open(talk.contact, [moving, { kind: 'seat', channel: leg, seat: target }]);
  };

  const failed = (transfer: Transfer, sipStatus: number) => {
    if (isOrphan(transfer)) {
      orphans.delete(transfer.moving.channel);
      talks.release(transfer.moving, 'lost');
      return;
    }
    transfer.handle.report(sipStatus);
    talks.restore(transfer.talk);
  };

  const partyGone = (transfer: Transfer, gone: Party) => {
    if (gone === transfer.asking) {
      orphans.set(transfer.moving.channel, transfer);
      return;
    }
    rings.withdraw(transfer.colleague);
    transfer.handle.report(sipStatuses.callerGone);
    talks.release(transfer.asking, 'hung-up');
  };

  return {
    asked: (leg, target, handle) => {
      const talk = talks.of(leg);
      if (!talk || talks.isSuspended(talk)) return handle.report(sipStatuses.noSuchCall);
      const reach = reachOf(target);
      if (reach !== 'free') return handle.report(sipStatuses[reach]);

      const moving = otherParty(talk, leg);
      const colleague = rings.ring({
        seat: target,
        callerId: talk.contact.caller || 'anonymous',
        language: talk.contact.language,
        headers: headersOf(talk.contact, 0, { priority: knownAs(moving.channel).priority }),
        onAnswered: (answeredLeg) => arrived(transfer, target, answeredLeg),
        onFailed: (sipStatus) => failed(transfer, sipStatus),
      });
      if (!colleague) return handle.report(sipStatuses.unreachable);
      const transfer: Transfer = { talk, asking: otherParty(talk, moving.channel), moving, handle, colleague };
      talks.suspend(talk, (gone) => partyGone(transfer, gone));
      port.play(moving.channel, [holdMusic], 'for-ever');
    },
    ended: (channel) => {
      const transfer = orphans.get(channel);
      if (!transfer) return false;
      orphans.delete(channel);
      rings.withdraw(transfer.colleague);
      if (transfer.moving.kind === 'seat') seats.legDown(transfer.moving.seat, channel);
      return true;
    },
  };
};
