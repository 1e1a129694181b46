import type { CallOrigin } from '../../domain/access/call-origin.ts';
import { arrived, nextVoiceCall } from '../../domain/access/next-voice-call.ts';
import type { VoiceCall, VoiceCallEffect, VoiceCallEvent, VoiceCallEventType } from '../../domain/access/voice-call.ts';
import { recordedMessage } from '../../domain/access/voice-prompts.ts';
import type { CallerKept } from '../floor/caller-kept.ts';
import { type Contact, callerNumber } from '../floor/contact.ts';
import type { QueueOutlook } from '../floor/outlook.ts';
import type { Clock, Log, Timers } from '../floor/parts.ts';
import type { ChannelId, PlaybackId, Sound, TelephonyEvent, TelephonyPort } from '../telephony/port.ts';
import type { AccessParts } from './access-parts.ts';
import { answerCaller } from './answer-caller.ts';
import { type CallerMessage, createCallerMessage } from './caller-message.ts';
import { watchSeats } from './seat-watch.ts';

/** Callers on their way through the hotline, each by the statechart of domain/access. */
export interface VoiceCalls {
  readonly arrived: (channel: ChannelId, caller: string, origin: CallOrigin) => void;
  /**
   * A caller on the line after a restart of the server: back at their place in the queue, in front where a
   * talk was cut, else in the menu.
   */
  readonly restored: (channel: ChannelId, caller: string, kept: CallerKept | undefined) => void;
  readonly keyed: (channel: ChannelId, key: string) => void;
  readonly played: (channel: ChannelId, playback: PlaybackId) => void;
  readonly recorded: (event: Extract<TelephonyEvent, { type: 'recording.ended' }>) => void;
  /** Whether the channel was a caller's. */
  readonly ended: (channel: ChannelId) => boolean;
  readonly seatDid: (channel: ChannelId, news: SeatNews) => void;
  /** Hangs up every caller. */
  readonly stop: () => void;
}

export type SeatNews = Extract<VoiceCallEventType, `seat-${string}`>;

export interface VoiceCallsParts {
  readonly port: TelephonyPort;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly newId: () => string;
  readonly access: AccessParts;
  /** Places in the queue, and whether seats are busy (A5). */
  readonly outlook: QueueOutlook;
  /** `since`: the caller's place is that of who has waited from then on. */
  readonly joinQueue: (caller: {
    channel: ChannelId;
    contact: Contact;
    place: 'last' | 'first';
    since?: number;
  }) => void;
  /** The caller is gone, from the queue or from the talk with a seat, or takes another way (A5). */
  readonly leaveQueue: (channel: ChannelId, why: 'gone' | 'overflow') => void;
}

interface Caller {
  readonly channel: ChannelId;
  readonly contactId: string;
  readonly origin: CallOrigin;
  readonly message: CallerMessage;
  call: VoiceCall;
  playback: PlaybackId | null;
  /** When the caller first asked for an agent; null where they have no place to come back to. */
  queuedSince: number | null;
  stopWaiting: () => void;
  stopWatching: () => void;
  /** The question asked last: an answer to an earlier one comes too late. */
  asked: number;
}

const nothing = (): void => undefined;

export const createVoiceCalls = (parts: VoiceCallsParts): VoiceCalls => {
  const { port, clock, timers, log, access } = parts;
  const { settings } = access;
  const callers = new Map<ChannelId, Caller>();

  const tell = (caller: Caller, event: VoiceCallEvent) => {
    const step = nextVoiceCall(caller.call, event);
    caller.call = step.call;
    if (event.type === 'key') stopWaiting(caller);
    if (step.call.phase !== 'queued') stopWatching(caller);
    if (step.call.phase === 'ended') {
      stopWaiting(caller);
      callers.delete(caller.channel);
    }
    for (const effect of step.effects) run(caller, effect);
  };

  const stopWaiting = (caller: Caller) => {
    caller.stopWaiting();
    caller.stopWaiting = nothing;
  };
  const stopWatching = (caller: Caller) => {
    caller.stopWatching();
    caller.stopWatching = nothing;
  };

  const contactOf = ({ contactId, origin, call }: Caller): Contact => ({
    contactId,
    caller: call.caller,
    service: call.service,
    language: call.language,
    origin,
  });

  const play = (caller: Caller, sounds: readonly Sound[], repeat: 'once' | 'for-ever') => {
    stopWaiting(caller);
    const known = sounds.filter((sound) => typeof sound !== 'string' || port.hasPrompt(sound));
    if (known.length < sounds.length) log.warn({ sounds }, 'voice prompts are missing');
    caller.playback = known.length > 0 ? port.play(caller.channel, known, repeat) : null;
    // What can not be said is taken as said, or the caller would be stuck in the menu.
    if (!caller.playback && repeat === 'once') tell(caller, { type: 'prompt-over' });
  };

  /** Once the message is complete on the disk, its segments stand in for it among the sounds. */
  const playMessage = async (caller: Caller, sounds: readonly string[]) => {
    hush(caller);
    const { asked } = caller;
    const files = await caller.message.stop();
    if (callers.get(caller.channel) !== caller || caller.asked !== asked || caller.playback !== null) return;
    const heard = sounds.flatMap((sound): readonly Sound[] =>
      sound === recordedMessage ? files.map((recording) => ({ recording })) : [sound],
    );
    play(caller, heard, 'once');
  };

  const hush = (caller: Caller) => {
    stopWaiting(caller);
    if (caller.playback) port.stopPlayback(caller.playback);
    caller.playback = null;
    caller.asked += 1;
  };

  const answer = async (caller: Caller) => {
    const up = await port.answer(caller.channel);
    if (callers.has(caller.channel)) tell(caller, { type: up ? 'answered' : 'caller-gone' });
  };

  const logged = (caller: Caller, what: Promise<unknown>, message: string): void => {
    what.catch((error: unknown) => log.error({ err: error, contact: caller.contactId }, message));
  };

  /** Tells the answer where the caller still waits for it. */
  const ask = (caller: Caller, question: Promise<VoiceCallEvent>) => {
    caller.asked += 1;
    const { asked } = caller;
    const told = question.then((event) => {
      if (callers.get(caller.channel) === caller && caller.asked === asked) tell(caller, event);
    });
    logged(caller, told, 'a caller could not be answered');
  };
  const questions = answerCaller({ access, timers, log, clock });

  const run = (caller: Caller, effect: VoiceCallEffect): void => {
    switch (effect.type) {
      case 'answer':
        logged(caller, answer(caller), 'a caller could not be answered');
        return;
      case 'play':
        if (effect.sounds.includes(recordedMessage)) {
          logged(caller, playMessage(caller, effect.sounds), 'a message could not be played');
        } else {
          play(caller, effect.sounds, effect.repeat);
        }
        return;
      case 'hush':
        hush(caller);
        return;
      case 'await-key':
        stopWaiting(caller);
        caller.stopWaiting = timers.after(settings.keySeconds * 1000, () => tell(caller, { type: 'silence' }));
        return;
      case 'join-queue': {
        const since = effect.place === 'kept' ? (caller.queuedSince ?? clock()) : clock();
        caller.queuedSince = since;
        const place = effect.place === 'first' ? 'first' : 'last';
        parts.joinQueue({ channel: caller.channel, contact: contactOf(caller), place, since });
        return;
      }
      case 'leave-queue':
        parts.leaveQueue(caller.channel, effect.why);
        return;
      case 'ask-place':
        tell(caller, { type: 'placed', place: parts.outlook.place(caller.channel) ?? null });
        return;
      case 'watch-seats': {
        const seconds = effect.until === 'first-offer' ? settings.firstOfferSeconds : settings.nextOfferSeconds;
        stopWatching(caller);
        caller.stopWatching = watchSeats(parts, contactOf(caller), seconds * 1000, () =>
          tell(caller, { type: 'all-busy', place: parts.outlook.place(caller.channel) ?? null }),
        );
        return;
      }
      case 'keep-callback':
        ask(caller, questions.keepCallback(contactOf(caller), effect.number));
        return;
      case 'record-segment':
        caller.message.record(effect.number);
        return;
      case 'stop-recording':
        logged(caller, caller.message.stop(), 'a recording could not be stopped');
        return;
      case 'keep-message':
        ask(caller, questions.keepMessage(caller.message, effect.ending));
        return;
      case 'discard-message':
        caller.message.discard();
        return;
      case 'keep-rating':
        logged(caller, access.keeper.keepRating(contactOf(caller), effect.outcome), 'a rating was not kept');
        return;
      case 'find-line':
        ask(caller, questions.findLine(effect.line));
        return;
      case 'book-fault':
        ask(caller, questions.bookFault(contactOf(caller), effect.line, effect.kind));
        return;
      case 'read-bill':
        ask(caller, questions.readBill(effect.line, effect.password));
        return;
      case 'hang-up':
        port.hangUp(caller.channel, 'normal');
        return;
      default:
        effect satisfies never;
    }
  };

  const toCaller = (channel: ChannelId, event: VoiceCallEvent) => {
    const caller = callers.get(channel);
    if (caller) tell(caller, event);
  };

  const admit = (channel: ChannelId, contactId: string, origin: CallOrigin, call: VoiceCall): Caller => {
    const caller: Caller = {
      channel,
      contactId,
      origin,
      message: createCallerMessage(
        {
          port,
          timers,
          log,
          spool: access.spool,
          freeMiB: access.freeMiB,
          leastFreeMiB: settings.leastFreeMiB,
          segmentMs: settings.segmentSeconds * 1000,
        },
        channel,
        () => contactOf(caller),
        (event) => toCaller(channel, event),
      ),
      call,
      playback: null,
      queuedSince: null,
      stopWaiting: nothing,
      stopWatching: nothing,
      asked: 0,
    };
    callers.set(channel, caller);
    return caller;
  };

  return {
    arrived: (channel, number, origin) => {
      const step = arrived(callerNumber(number), settings.rules);
      const caller = admit(channel, parts.newId(), origin, step.call);
      log.info({ contact: caller.contactId, channel }, 'a caller arrived');
      for (const effect of step.effects) run(caller, effect);
    },
    restored: (channel, number, kept) => {
      const { call } = arrived(callerNumber(number), settings.rules);
      const { contactId, origin, language, service } = kept?.contact ?? {
        contactId: parts.newId(),
        origin: 'trunk',
        ...call,
      };
      const caller = admit(channel, contactId, origin, { ...call, language, service });
      log.info({ contact: contactId, channel, state: kept?.state ?? 'menu' }, 'a caller is back after a restart');
      if (!kept) return tell(caller, { type: 'answered' });
      switch (kept.state) {
        case 'talking':
          caller.call = { ...caller.call, phase: 'talking' };
          return tell(caller, { type: 'seat-lost' });
        case 'queued':
          caller.queuedSince = kept.since;
          // As one whose seat did not answer: told to hold on, in a place never given up.
          caller.call = { ...caller.call, phase: 'ringing', queue: 'waiting' };
          tell(caller, { type: 'seat-withdrawn' });
          return parts.joinQueue({ channel, contact: contactOf(caller), place: 'last', since: kept.since });
        default:
          kept.state satisfies never;
      }
    },
    keyed: (channel, key) => toCaller(channel, { type: 'key', key }),
    played: (channel, playback) => {
      // News of a playback that another has replaced since says nothing of the prompts that play now.
      if (callers.get(channel)?.playback === playback) toCaller(channel, { type: 'prompt-over' });
    },
    recorded: (event) => callers.get(event.channel)?.message.recordingEnded(event),
    ended: (channel) => {
      const known = callers.has(channel);
      toCaller(channel, { type: 'caller-gone' });
      return known;
    },
    seatDid: (channel, news) => toCaller(channel, { type: news }),
    stop: () => {
      for (const caller of callers.values()) {
        stopWaiting(caller);
        stopWatching(caller);
        port.hangUp(caller.channel, 'normal');
      }
      callers.clear();
    },
  };
};
