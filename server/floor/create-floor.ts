import type { SeatView } from '../../contract/live.ts';
import type { AccessParts } from '../access/access-parts.ts';
import { createVoiceCalls } from '../access/voice-calls.ts';
import type { Journal } from '../records/journal-file.ts';
import type { ChannelId, TelephonyEvent, TelephonyPort } from '../telephony/port.ts';
import { askRating } from './ask-rating.ts';
import { joinTalks } from './attended-transfer.ts';
import { createBlindTransfer } from './blind-transfer.ts';
import { type CallsOutParts, createCallsOut } from './call-out.ts';
import type { CallerKept } from './caller-kept.ts';
import { type Contact, callerNumber, type Leaving } from './contact.ts';
import { createDialling } from './dialling.ts';
import { createDispatch } from './dispatch.ts';
import type { Floor } from './floor.ts';
import { createLedger } from './last-hour.ts';
import { createOutlook } from './outlook.ts';
import type { Clock, FloorSettings, Log, Timers } from './parts.ts';
import { createCallerQueue } from './queue.ts';
import { createRecognition, type KnownCaller } from './recognition.ts';
import { createRings } from './rings.ts';
import { createSeats } from './seats.ts';
import { createTalks, type TalkWatcher } from './talks.ts';
import { createWarmTransfer } from './warm-transfer.ts';

export interface FloorParts extends Pick<CallsOutParts, 'isStaffNumber' | 'findCallback'> {
  readonly port: TelephonyPort;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly settings: FloorSettings;
  /** What the records say of a number. */
  readonly findCaller: (number: string) => Promise<KnownCaller>;
  /** The caller is spoken to: callbacks owed to this number are kept by it (A6). */
  readonly callerReached: (contact: Contact, at: number) => Promise<void>;
  /** UUIDs for contact ids. */
  readonly newId: () => string;
  readonly access: AccessParts;
  /** Where callers in the queue and in talks are kept, so that a restart gives them their place again. */
  readonly journal: Journal<CallerKept>;
  readonly talkWatcher: TalkWatcher;
}

/** The floor, from its parts: callers come by the port, agents by the methods, and they meet here. */
export const createFloor = (parts: FloorParts): Floor => {
  const { port, clock, timers, log, settings, findCaller, isStaffNumber, findCallback, newId, access, journal } = parts;
  const queue = createCallerQueue(clock, settings.routing.headStartSeconds);
  const seats = createSeats({ clock, timers, settings, onTelephoneLost: (seat) => loseLegs(seat) });
  const recognition = createRecognition({ find: findCaller, log, onRecognised: queue.recognised });
  const ledger = createLedger(clock);
  const outlook = createOutlook({ queue, seats, lastHour: ledger.read });
  const rings = createRings(port, seats, settings.ringSeconds * 1000);
  const talks = createTalks({
    port,
    seats,
    onCallerLeft: (caller, how) => voiceCalls.seatDid(caller, how === 'lost' ? 'seat-lost' : 'seat-hung-up'),
    watcher: parts.talkWatcher,
  });
  const callsOut = createCallsOut({
    port,
    seats,
    talks,
    isRinging: rings.isRinging,
    log,
    newId,
    settings,
    isStaffNumber,
    findCallback,
  });
  const dialling = createDialling({ port, seats, rings, talks, onOutside: callsOut.dialled, newId, log });
  const blindTransfer = createBlindTransfer({ port, seats, rings, talks, knownAs: recognition.of });
  const dispatch = createDispatch({
    queue,
    seats,
    rings,
    clock,
    timers,
    rules: settings.routing,
    knownAs: (channel) =>
      warmTransfer.has(channel)
        ? { ...recognition.of(channel), callback: undefined, ...warmTransfer.handedOn(channel) }
        : recognition.of(channel),
    onRinging: ({ channel, contact }, seat) => {
      log.info({ contact: contact.contactId, seat }, 'a seat rings');
      if (warmTransfer.has(channel)) return warmTransfer.rings(channel, seat);
      voiceCalls.seatDid(channel, 'seat-rings');
    },
    onWithdrawn: ({ channel, contact }, seat) => {
      log.info({ contact: contact.contactId, seat }, 'a seat did not answer');
      if (warmTransfer.has(channel)) return warmTransfer.missed(channel, seat);
      voiceCalls.seatDid(channel, 'seat-withdrawn');
    },
    onAnswered: ({ channel, contact, since }, seat, leg) => {
      if (warmTransfer.has(channel)) {
        ledger.answered(seat);
        return warmTransfer.answered(channel, seat, leg);
      }
      talks.open(contact, [
        { kind: 'caller', channel },
        { kind: 'seat', channel: leg, seat },
      ]);
      voiceCalls.seatDid(channel, 'seat-answered');
      keep(channel, contact, 'talking', since);
      ledger.answered(seat);
      keepCallbacks(contact);
      log.info({ contact: contact.contactId, seat }, 'a seat answered');
    },
  });
  const warmTransfer = createWarmTransfer({
    port,
    seats,
    talks,
    seatsFor: outlook.seatsFor,
    joinQueue: queue.join,
    leaveQueue: (channel) => dispatch.callerLeft(channel, 'abandoned'),
    log,
  });
  const keepCallbacks = (contact: Contact) => {
    parts
      .callerReached(contact, clock())
      .catch((error: unknown) => log.error({ err: error, contact: contact.contactId }, 'a callback was not closed'));
  };
  const keep = (channel: ChannelId, contact: Contact, state: CallerKept['state'], since: number) =>
    journal.keep(channel, { contact, state, since });
  const voiceCalls = createVoiceCalls({
    port,
    timers,
    log,
    newId,
    clock,
    access,
    outlook,
    joinQueue: (caller) => {
      queue.join({ ...caller, known: recognition.of(caller.channel) });
      keep(caller.channel, caller.contact, 'queued', caller.since ?? clock());
    },
    leaveQueue: (caller, why) => {
      journal.forget(caller);
      if (warmTransfer.callerGone(caller)) return;
      const waited = dispatch.callerLeft(caller, why === 'overflow' ? 'overflowed' : 'abandoned');
      if (!waited && !talks.ended(caller, 'hung-up')) blindTransfer.ended(caller);
    },
  });

  const loseLegs = (seat: string) => {
    for (const leg of seats.legsOf(seat)) {
      legEnded(leg, 'lost');
      port.hangUp(leg, 'failure');
    }
  };

  const legEnded = (channel: ChannelId, how: Leaving) => {
    if (warmTransfer.callerGone(channel)) return;
    if (talks.ended(channel, how) || dialling.ended(channel)) return;
    blindTransfer.ended(channel);
  };

  const happened = (event: TelephonyEvent): void => {
    switch (event.type) {
      case 'channel.arrived':
        recognition.arrived(event.channel, callerNumber(event.caller));
        voiceCalls.arrived(event.channel, event.caller, event.origin);
        return;
      case 'channel.restored':
        recognition.arrived(event.channel, callerNumber(event.caller));
        voiceCalls.restored(event.channel, event.caller, journal.find(event.channel));
        return;
      case 'channel.dialled':
        dialling.dialled(event.channel, event.seat, event.target, event.hints);
        return;
      case 'channel.ringing':
        return;
      case 'channel.answered':
        rings.answered(event.channel);
        callsOut.answered(event.channel);
        return;
      case 'channel.digit':
        voiceCalls.keyed(event.channel, event.digit);
        return;
      case 'channel.held':
        talks.held(event.channel);
        return;
      case 'channel.resumed':
        talks.resumed(event.channel);
        return;
      case 'channel.transfer-asked':
        blindTransfer.asked(event.channel, event.target, event.transfer);
        return;
      case 'channel.join-asked':
        joinTalks(talks, event.channel, event.consultation, event.transfer);
        return;
      case 'channel.ended':
        recognition.gone(event.channel);
        journal.forget(event.channel);
        if (rings.ended(event.channel, event.sipStatus) || voiceCalls.ended(event.channel)) return;
        if (callsOut.ended(event)) return;
        legEnded(event.channel, event.cause === 'failure' ? 'lost' : 'hung-up');
        return;
      case 'playback.ended':
        if (event.how !== 'played') return;
        voiceCalls.played(event.channel, event.playback);
        callsOut.played(event.playback);
        return;
      case 'recording.ended':
        voiceCalls.recorded(event);
        return;
      case 'seat.registered':
        seats.registered(event.seat);
        return;
      case 'seat.unregistered':
        seats.unregistered(event.seat);
        return;
      default:
        event satisfies never;
    }
  };

  const noteFreed = ({ staffNumber, phase }: SeatView) => {
    if (phase !== 'talking' && phase !== 'wrap-up') ledger.freed(staffNumber);
  };

  const stopListening = [
    port.onEvent(happened),
    seats.onChanged(noteFreed),
    seats.onChanged(dispatch.run),
    seats.onChanged(warmTransfer.look),
    queue.onChanged(dispatch.run),
  ];

  return {
    seatSignedIn: seats.signedIn,
    seatLost: seats.lost,
    seatSignedOut: (seat) => {
      seats.happen(seat, 'sign-out');
      rings.dropSeat(seat);
      loseLegs(seat);
    },
    seatEvent: seats.happen,
    askTransfer: warmTransfer.askTransfer,
    stepTransfer: warmTransfer.stepTransfer,
    transferOf: warmTransfer.transferOf,
    onTransferChanged: warmTransfer.onTransferChanged,
    askRating: (seat, contactId) => {
      const caller = askRating({ seats, talks }, seat, contactId);
      if (!caller) return;
      journal.forget(caller);
      voiceCalls.seatDid(caller, 'seat-asks-rating');
    },
    inboxesChanged: seats.inboxesChanged,
    view: seats.view,
    onSeatChanged: seats.onChanged,
    onQueueChanged: queue.onChanged,
    waiting: queue.size,
    figures: () => ({ waiting: queue.size(), seatsByPhase: seats.countByPhase(), ...queue.figures() }),
    stop: () => {
      for (const stop of stopListening) stop();
      dispatch.stop();
      voiceCalls.stop();
      seats.stop();
    },
  };
};
