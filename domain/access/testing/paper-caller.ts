import { isOfLength, purposes } from '../entry-purposes.ts';
import { nextVoiceCall } from '../next-voice-call.ts';
import type { Step, VoiceCall, VoiceCallEffect, VoiceCallEvent } from '../voice-call.ts';

/** What the world around a call could do next, and what the call has left in it. */
export interface World {
  /** In the queue, or by way of it with a seat. */
  readonly inQueue: boolean;
  readonly waitsForKey: boolean;
  readonly recording: boolean;
  /** Sound of a message that neither the records have nor the caller has dropped. */
  readonly unkeptSound: boolean;
  readonly asked: 'callback' | 'message' | 'line' | 'fault' | 'bill' | null;
  readonly hungUp: boolean;
}

/** How often each thing came of a call. */
export interface Ledger {
  talks: number;
  callbacks: number;
  messages: number;
  faults: number;
  bills: number;
}

export interface PaperCall {
  readonly call: VoiceCall;
  readonly world: World;
}

const quiet: World = {
  inQueue: false,
  waitsForKey: false,
  recording: false,
  unkeptSound: false,
  asked: null,
  hungUp: false,
};

export const keysOfTelephone = [...'0123456789*#'];
const everyKey = keysOfTelephone.map((key): VoiceCallEvent => ({ type: 'key', key }));

const answers: Record<NonNullable<World['asked']>, readonly VoiceCallEvent[]> = {
  callback: [{ type: 'kept' }, { type: 'not-kept' }],
  message: [{ type: 'kept' }, { type: 'not-kept' }],
  line: [{ type: 'line-found' }, { type: 'line-unknown' }, { type: 'records-failed' }],
  fault: [{ type: 'booked', formNumber: '261124-0001-005-7' }, { type: 'not-booked' }],
  bill: [{ type: 'bill', months: [{ month: 10, fen: 12_345 }] }, { type: 'bill-refused' }, { type: 'records-failed' }],
};
const place = { position: 2, expectedWaitSeconds: 90 };

/** What can happen without the caller: the good first. */
export const worldEvents = ({ call, world }: PaperCall): readonly VoiceCallEvent[] => {
  const events: VoiceCallEvent[] = [];
  if (call.phase === 'arrived') events.push({ type: 'answered' });
  if (call.speaking) events.push({ type: 'prompt-over' });
  if (world.waitsForKey) events.push({ type: 'silence' });
  if (world.asked) events.push(...answers[world.asked]);
  if (world.recording) {
    events.push({ type: 'segment-over', why: 'full', heard: true });
    events.push({ type: 'segment-over', why: 'disk-full', heard: world.unkeptSound });
    events.push({ type: 'segment-over', why: 'failed', heard: true });
  }
  switch (call.phase) {
    case 'queued':
      events.push({ type: 'seat-rings' }, { type: 'all-busy', place }, { type: 'all-busy', place: null });
      break;
    case 'offered':
      events.push({ type: 'seat-rings' });
      break;
    case 'ringing':
      events.push({ type: 'seat-answered' }, { type: 'seat-withdrawn' });
      break;
    case 'talking':
      events.push({ type: 'seat-hung-up' }, { type: 'seat-asks-rating' }, { type: 'seat-lost' });
      break;
    default:
  }
  return events;
};

export const callerEvents = ({ call }: PaperCall): readonly VoiceCallEvent[] =>
  call.phase === 'arrived' ? [{ type: 'caller-gone' }] : [...everyKey, { type: 'caller-gone' }];

/** Throws where the call asks for what the world can not do, or breaks a promise. */
export const happen = (before: PaperCall, event: VoiceCallEvent, ledger: Ledger): PaperCall => {
  note(event, ledger);
  const step = nextVoiceCall(before.call, event);
  let world = worldAfter(before.world, event);
  for (const effect of step.effects) world = carriedOut(world, effect, event);
  const after = { call: step.call, world };
  if (event.type === 'caller-gone' || step.effects.some(({ type }) => type === 'hang-up')) {
    return closed({ ...after, world: { ...world, hungUp: true } });
  }
  // The floor tells at once what it is asked.
  return step.effects.some(({ type }) => type === 'ask-place')
    ? happen(after, { type: 'placed', place }, ledger)
    : after;
};

export const begun = (first: Step): PaperCall => ({ call: first.call, world: quiet });

const note = (event: VoiceCallEvent, ledger: Ledger): void => {
  if (event.type === 'seat-answered') ledger.talks += 1;
  if (event.type === 'booked') ledger.faults += 1;
  if (event.type === 'bill') ledger.bills += 1;
};

const worldAfter = (world: World, event: VoiceCallEvent): World => {
  switch (event.type) {
    case 'silence':
    case 'key':
      return { ...world, waitsForKey: false };
    case 'seat-hung-up':
    case 'seat-asks-rating':
      return { ...world, inQueue: false };
    case 'segment-over':
      return { ...world, recording: false, unkeptSound: world.unkeptSound || event.heard };
    case 'kept':
    case 'not-kept':
    case 'line-found':
    case 'line-unknown':
    case 'booked':
    case 'not-booked':
    case 'bill':
    case 'bill-refused':
    case 'records-failed':
      return { ...world, asked: null };
    default:
      return world;
  }
};

const insist = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

const carriedOut = (world: World, effect: VoiceCallEffect, event: VoiceCallEvent): World => {
  switch (effect.type) {
    case 'play': {
      const promised = effect.sounds.some((sound) => /callback-kept|message-kept/.test(sound));
      insist(!promised || event.type === 'kept', 'promised what is not in the records');
      return { ...world, waitsForKey: false };
    }
    case 'hush':
      return { ...world, waitsForKey: false };
    case 'await-key':
      return { ...world, waitsForKey: true };
    case 'join-queue':
      insist(!world.inQueue || effect.place === 'first', 'joined the queue twice');
      return { ...world, inQueue: true };
    case 'leave-queue':
      insist(world.inQueue, 'left a queue it was not in');
      return { ...world, inQueue: false };
    case 'keep-callback':
      insist(isOfLength(effect.number, purposes.callback.digits), 'keeps a callback to no number');
      return { ...world, asked: 'callback' };
    case 'record-segment':
      insist(!world.recording, 'records twice at once');
      return { ...world, recording: true };
    case 'stop-recording':
      return { ...world, recording: false, unkeptSound: world.unkeptSound || world.recording };
    case 'keep-message':
      return { ...world, recording: false, unkeptSound: false, asked: 'message' };
    case 'discard-message':
      insist(event.type === 'key', 'dropped a message that nobody wanted dropped');
      return { ...world, recording: false, unkeptSound: false };
    case 'keep-rating':
      insist(event.type === 'key', 'rated what nobody keyed');
      return world;
    case 'find-line':
      return { ...world, asked: 'line' };
    case 'book-fault':
      return { ...world, asked: 'fault' };
    case 'read-bill':
      return { ...world, asked: 'bill' };
    case 'answer':
    case 'ask-place':
    case 'watch-seats':
    case 'hang-up':
      return world;
    default:
      return effect satisfies never;
  }
};

const closed = (over: PaperCall): PaperCall => {
  insist(over.call.phase === 'ended', `a call is over, and still ${over.call.phase}`);
  insist(!over.world.inQueue, 'left in the queue');
  insist(!over.world.recording, 'left recording');
  insist(!over.world.unkeptSound, 'a message was lost');
  return over;
};
