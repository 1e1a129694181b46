import { spokenDuration, spokenNumber } from '../spoken-number.ts';
import type { QueuePhase, VoiceCall, VoiceCallEffect } from '../voice-call.ts';
import { askForNumber } from './entry-states.ts';
import { menuState } from './menu-state.ts';
import { type Cell, go, onwards, over, playMusic, type States, say, stay } from './state.ts';

const leave = (why: 'gone' | 'overflow'): VoiceCallEffect => ({ type: 'leave-queue', why });
const gone: Cell = (call) => go(call, 'ended', { effects: [leave('gone')] });
const music: Cell = (call) => stay(call, { effects: [playMusic] });

const spokenPlace = (call: VoiceCall): readonly string[] => {
  if (!call.place) return [];
  const { position, expectedWaitSeconds } = call.place;
  const wait =
    expectedWaitSeconds === null
      ? []
      : [
          ...say(call, 'expected-wait'),
          ...spokenDuration(Math.max(1, Math.ceil(expectedWaitSeconds / 60)) * 60, call.language),
          ...say(call, 'expected-wait-end'),
        ];
  return [
    ...say(call, 'queue-position'),
    ...spokenNumber(position, call.language),
    ...say(call, 'queue-position-end'),
    ...wait,
  ];
};

/** A5: the place in the queue is given up, and given back to who comes back from there. */
const overflowTo =
  (purpose: 'callback' | 'message'): Cell =>
  (call) =>
    go(call, askForNumber(call), {
      set: { queue: 'left', entry: { purpose, digits: '', entries: 0 } },
      effects: [leave('overflow')],
    });

/** A5: the place was never given up. */
const keepWaiting: Cell = (call) => go(call, 'queued');

export const queueStates: States<QueuePhase> = {
  queued: {
    does: (call) => [{ type: 'watch-seats', until: call.offered ? 'next-offer' : 'first-offer' }],
    music: true,
    on: {
      'prompt-over': (call) =>
        stay(
          call,
          call.placeTold ? { effects: [playMusic] } : { set: { placeTold: true }, effects: [{ type: 'ask-place' }] },
        ),
      placed: (call, { place }) => {
        const sounds = spokenPlace({ ...call, place });
        return stay(call, {
          set: { place },
          effects: [sounds.length > 0 ? { type: 'play', sounds, repeat: 'once' } : playMusic],
        });
      },
      'all-busy': (call, { place }) => go(call, 'offered', { set: { place, offered: true } }),
      'seat-rings': onwards('ringing'),
      'caller-gone': gone,
    },
  },
  offered: menuState({
    says: (call) => [...spokenPlace(call), ...say(call, 'overflow-offer')],
    keys: { '1': overflowTo('callback'), '2': overflowTo('message'), '3': keepWaiting },
    zero: keepWaiting,
    givenUp: keepWaiting,
    silences: 1,
    on: {
      // A seat takes the caller at once: music cuts the offer short.
      'seat-rings': (call) => go(call, 'ringing', { effects: [playMusic] }),
      'caller-gone': gone,
    },
  }),
  ringing: {
    on: {
      'prompt-over': music,
      // RONA: the place in the queue was never given up, so it is not asked for again.
      'seat-withdrawn': (call) => go(call, 'queued', { saying: say(call, 'please-hold') }),
      // What played ends with the talk.
      'seat-answered': (call) => go(call, 'talking', { set: { speaking: false } }),
      'caller-gone': gone,
    },
  },
  talking: {
    on: {
      'seat-hung-up': (call) => go(call, 'farewell', { set: { queue: 'never' } }),
      // Where it is switched off, it is as if the seat had hung up.
      'seat-asks-rating': (call) =>
        go(call, call.rules.asksRating ? 'rating' : 'farewell', { set: { queue: 'never' } }),
      'seat-lost': (call) =>
        go(call, 'queued', {
          set: { offered: false, placeTold: true },
          saying: say(call, 'call-restored'),
          effects: [{ type: 'join-queue', place: 'first' }],
        }),
      'caller-gone': gone,
    },
  },
  farewell: {
    says: (call) => say(call, 'goodbye'),
    on: { 'prompt-over': (call) => go(call, 'ended', { effects: [{ type: 'hang-up' }] }), 'caller-gone': over },
  },
  ended: { on: {} },
};
