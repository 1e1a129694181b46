import type { TransferView } from '../../contract/transfer.ts';
import { holdMusic } from '../../domain/access/voice-prompts.ts';
import type { Wants } from '../../domain/routing/routable.ts';
import type { SeatsFor } from '../../domain/routing/seats-for.ts';
import { nextTransfer, type TransferEvent } from '../../domain/routing/warm-transfer.ts';
import { createListeners } from '../listeners.ts';
import type { ChannelId, TelephonyPort } from '../telephony/port.ts';
import type { HandedOn, Leaving, Party } from './contact.ts';
import type { Floor, TransferNews } from './floor.ts';
import type { Log } from './parts.ts';
import type { Joining } from './queue.ts';
import type { Seats } from './seats.ts';
import { otherParty, type Talk, type Talks } from './talks.ts';

/**
 * A seat hands its talk on to a seat of a role, together with the form, by domain/routing/warm-transfer.ts.
 * The centre picks the seat out of the queue's own routing, rings it, and joins each time the two who speak: nobody
 * has to hold, to dial or to refer.
 */
export interface WarmTransfer extends Pick<Floor, 'askTransfer' | 'stepTransfer' | 'transferOf' | 'onTransferChanged'> {
  /** Whether the channel is of a caller who is being handed on; what the queue tells of such is told here. */
  readonly has: (channel: ChannelId) => boolean;
  /** For the INVITE to a seat that is offered the channel. */
  readonly handedOn: (channel: ChannelId) => HandedOn;
  readonly rings: (channel: ChannelId, seat: string) => void;
  readonly missed: (channel: ChannelId, seat: string) => void;
  readonly answered: (channel: ChannelId, seat: string, leg: ChannelId) => void;
  /** Whether the channel was of a caller who was being handed on. */
  readonly callerGone: (channel: ChannelId) => boolean;
  /** To be run whenever a seat changed: nobody of a role may be there any more. */
  readonly look: () => void;
}

export interface WarmTransferParts {
  readonly port: Pick<TelephonyPort, 'play'>;
  readonly seats: Pick<Seats, 'legsOf'>;
  readonly talks: Talks;
  readonly seatsFor: (wants: Wants) => SeatsFor;
  readonly joinQueue: (caller: Joining) => void;
  /** Whether it was still waiting; what rings for it stops. */
  readonly leaveQueue: (channel: ChannelId) => boolean;
  readonly log: Log;
}

interface Transfer {
  view: TransferView;
  /** The caller, or the customer who was called. */
  readonly moving: Party;
  readonly giver: Party;
  /** The one they speak in now: first caller and giver, then giver and receiver. */
  talk: Talk;
  receiver: Party | null;
}

export const createWarmTransfer = (parts: WarmTransferParts): WarmTransfer => {
  const { port, seats, talks, log } = parts;
  /** By the caller's channel. */
  const transfers = new Map<ChannelId, Transfer>();
  const changed = createListeners<TransferNews>();

  const tell = ({ view }: Transfer) =>
    changed.tell({ seats: [view.giver, ...(view.receiver === null ? [] : [view.receiver])], transfer: view });

  /** Whether the event means something now; then it has been told, and it stands for its effects to follow. */
  const step = (transfer: Transfer, event: TransferEvent, change: Partial<TransferView> = {}): boolean => {
    const next = nextTransfer(transfer.view.phase, event);
    if (!next) return false;
    transfer.view = { ...transfer.view, ...change, ...next };
    if (next.phase === 'ended') transfers.delete(transfer.moving.channel);
    const { contactId, phase, end } = transfer.view;
    log.info({ contact: contactId, phase, end, event }, 'a talk is handed on');
    return true;
  };

  const wants = ({ talk, view }: Transfer): Wants => ({ ...talk.contact, role: view.to });
  const music = ({ moving }: Transfer) => port.play(moving.channel, [holdMusic], 'for-ever');

  /** The first talk is handed back to itself: giver and caller go on. */
  const giveBack = (transfer: Transfer) => {
    const { talk, moving, giver } = transfer;
    talks.open(talk.contact, [moving, giver]);
  };

  const joined = (transfer: Transfer, receiver: Party) =>
    talks.open(transfer.talk.contact, [transfer.moving, receiver]);

  /** Of caller and giver, before a seat has answered. */
  const partyGone = (transfer: Transfer, gone: Party, how: Leaving) => {
    if (gone === transfer.moving) return callerLeft(transfer);
    const { phase } = transfer.view;
    if (!step(transfer, 'giver-gone')) return;
    // Nobody was asked to take the caller yet: it is as if the giver had hung up on them.
    if (phase === 'preparing') talks.release(transfer.moving, how);
    else music(transfer);
    tell(transfer);
  };

  /** The caller of the first talk hung up; that talk is over already. */
  const callerLeft = (transfer: Transfer) => {
    const alone = transfer.view.phase.endsWith('alone');
    parts.leaveQueue(transfer.moving.channel);
    if (!step(transfer, 'caller-gone')) return;
    if (!alone) talks.release(transfer.giver, 'hung-up');
    tell(transfer);
  };

  /** Of giver and receiver in the consultation. */
  const consultationBroke = (transfer: Transfer, gone: Party) => {
    const { receiver } = transfer;
    const isGiver = gone === transfer.giver;
    if (!receiver || !step(transfer, isGiver ? 'giver-gone' : 'receiver-gone')) return;
    if (isGiver) joined(transfer, receiver);
    else giveBack(transfer);
    tell(transfer);
  };

  const consult = (transfer: Transfer, receiver: Party) => {
    const { talk, giver } = transfer;
    transfer.receiver = receiver;
    talks.close(talk);
    music(transfer);
    talks.open(talk.contact, [giver, receiver]);
    const consultation = talks.of(giver.channel);
    if (!consultation) return;
    transfer.talk = consultation;
    talks.guard(consultation, (gone) => consultationBroke(transfer, gone));
  };

  const join = (transfer: Transfer) => {
    const { talk, giver, receiver } = transfer;
    const consulting = transfer.view.phase === 'consulting';
    if (!step(transfer, 'join')) return;
    talks.close(talk);
    if (consulting && receiver) joined(transfer, receiver);
    else music(transfer);
    tell(transfer);
    talks.release(giver, 'hung-up');
  };

  const takeBack = (transfer: Transfer) => {
    const { talk, receiver, moving } = transfer;
    const consulting = transfer.view.phase === 'consulting';
    if (!step(transfer, 'take-back')) return;
    if (consulting && receiver) {
      talks.close(talk);
      giveBack(transfer);
      tell(transfer);
      talks.release(receiver, 'hung-up');
      return;
    }
    parts.leaveQueue(moving.channel);
    talks.restore(talk);
    tell(transfer);
  };

  const nobody = (transfer: Transfer) => {
    const alone = transfer.view.phase.endsWith('alone');
    if (parts.seatsFor(wants(transfer)) !== 'none' || !step(transfer, 'nobody')) return;
    parts.leaveQueue(transfer.moving.channel);
    // A caller whom nobody is with goes to the front of the usual queue.
    if (alone) talks.release(transfer.moving, 'lost');
    else talks.restore(transfer.talk);
    tell(transfer);
  };

  const begin = (transfer: Transfer, formSent: boolean) => {
    if (!step(transfer, 'begin', { formSent })) return;
    tell(transfer);
    const { moving, talk, view } = transfer;
    parts.joinQueue({ channel: moving.channel, contact: talk.contact, place: 'first', role: view.to });
    nobody(transfer);
  };

  /** The seat's talk with somebody outside that is meant. */
  const talkOf = (seat: string, contactId: string | null): { readonly talk: Talk; readonly giver: Party } | undefined =>
    seats
      .legsOf(seat)
      .flatMap((leg) => {
        const talk = talks.of(leg);
        const moving = talk && otherParty(talk, leg);
        if (!talk || moving?.kind === 'seat' || talks.isSuspended(talk)) return [];
        if (contactId !== null && talk.contact.contactId !== contactId) return [];
        return moving ? [{ talk, giver: otherParty(talk, moving.channel) }] : [];
      })
      .at(0);

  const ofSeat = (seat: string): Transfer | undefined =>
    [...transfers.values()].find(({ view }) => view.giver === seat || view.receiver === seat);

  return {
    has: (channel) => transfers.has(channel),
    handedOn: (channel) => {
      const view = transfers.get(channel)?.view;
      if (!view) return {};
      const alone = view.phase.endsWith('alone');
      return { form: view.form ?? undefined, giver: alone ? undefined : view.giver };
    },
    askTransfer: (seat, { id, to, contactId, form }) => {
      // A desk that was restarted in the middle asks anew.
      const before = ofSeat(seat);
      if (before?.view.phase === 'preparing') takeBack(before);
      const found = talkOf(seat, contactId);
      const view: TransferView = {
        ...{ id, form, to, giver: seat, receiver: null, missedBy: null, formSent: false },
        contactId: found?.talk.contact.contactId ?? contactId ?? '',
        ...(found ? { phase: 'preparing', end: null } : { phase: 'ended', end: 'no-such-talk' }),
      };
      if (!found) return changed.tell({ seats: [seat], transfer: view });
      const { talk, giver } = found;
      const transfer: Transfer = { view, moving: otherParty(talk, giver.channel), giver, talk, receiver: null };
      transfers.set(transfer.moving.channel, transfer);
      talks.guard(talk, (gone, how) => partyGone(transfer, gone, how));
      nobody(transfer);
      if (transfer.view.phase === 'preparing') tell(transfer);
    },
    stepTransfer: (seat, asked) => {
      const transfer = [...transfers.values()].find(({ view }) => view.id === asked.id);
      if (!transfer) return;
      const { view } = transfer;
      if (seat !== view.giver && seat !== view.receiver) return;
      switch (asked.step) {
        case 'begin':
          return seat === view.giver ? begin(transfer, asked.formSent) : undefined;
        case 'join':
          // The receiver may take the caller over, where the giver says no more.
          return seat === view.giver || view.phase === 'consulting' ? join(transfer) : undefined;
        case 'take-back':
          return seat === view.giver ? takeBack(transfer) : undefined;
        default:
          asked satisfies never;
      }
    },
    transferOf: (seat) => ofSeat(seat)?.view,
    onTransferChanged: changed.add,
    rings: (channel, seat) => {
      const transfer = transfers.get(channel);
      if (transfer && step(transfer, 'ring', { receiver: seat })) tell(transfer);
    },
    missed: (channel, seat) => {
      const transfer = transfers.get(channel);
      if (!transfer || !step(transfer, 'miss', { receiver: null, missedBy: seat })) return;
      changed.tell({
        seats: [seat],
        transfer: { ...transfer.view, receiver: seat, phase: 'ended', end: 'not-answered' },
      });
      tell(transfer);
      nobody(transfer);
    },
    answered: (channel, seat, leg) => {
      const transfer = transfers.get(channel);
      if (!transfer || !step(transfer, 'answer', { receiver: seat })) return;
      const receiver: Party = { kind: 'seat', channel: leg, seat };
      if (transfer.view.phase === 'consulting') consult(transfer, receiver);
      else joined(transfer, receiver);
      tell(transfer);
    },
    callerGone: (channel) => {
      const transfer = transfers.get(channel);
      if (!transfer) return false;
      if (talks.of(channel)) return talks.ended(channel, 'hung-up');
      if (transfer.view.phase !== 'consulting') {
        callerLeft(transfer);
        return true;
      }
      step(transfer, 'caller-gone');
      // The two agents may still have something to say to each other.
      talks.restore(transfer.talk);
      tell(transfer);
      return true;
    },
    look: () => {
      for (const transfer of [...transfers.values()]) nobody(transfer);
    },
  };
};
