import type { AccessRules } from './access-rules.ts';
import { billStates } from './states/bill-states.ts';
import { callbackStates } from './states/callback-states.ts';
import { entryStates } from './states/entry-states.ts';
import { faultStates } from './states/fault-states.ts';
import { menuStates } from './states/menu-states.ts';
import { messageStates } from './states/message-states.ts';
import { queueStates } from './states/queue-states.ts';
import { ratingStates } from './states/rating-states.ts';
import { type Move, playMusic, type States } from './states/state.ts';
import type { EventOf, Step, VoiceCall, VoiceCallEffect, VoiceCallEventType, VoiceCallPhase } from './voice-call.ts';

const states: States<VoiceCallPhase> = {
  ...menuStates,
  ...queueStates,
  ...entryStates,
  ...callbackStates,
  ...messageStates,
  ...faultStates,
  ...billStates,
  ...ratingStates,
};

/** A caller of that number (empty where withheld) who has not been answered yet. */
export const arrived = (caller: string, rules: AccessRules): Step => ({
  call: {
    phase: 'arrived',
    rules,
    caller,
    language: 'zh',
    service: '180',
    speaking: false,
    failures: 0,
    queue: 'never',
    offered: false,
    placeTold: false,
    place: null,
    entry: { purpose: 'callback', digits: '', entries: 0 },
    number: '',
    faultKind: 'other',
    reading: { formNumber: '', months: [], repeats: 0 },
  },
  effects: [{ type: 'answer' }],
});

/**
 * What follows from an event (A2, A5–A8); an event that means nothing in the phase leaves the call as it
 * is. A key that means nothing still cuts short what is said.
 */
export const nextVoiceCall = <Type extends VoiceCallEventType>(call: VoiceCall, event: EventOf<Type>): Step => {
  const { on } = states[call.phase];
  const cell = on[event.type];
  if (cell) return carryOut(cell(call, event));
  const cut = event.type === 'key' && call.speaking ? on['prompt-over'] : undefined;
  return cut ? carryOut(cut(call, { type: 'prompt-over' })) : { call, effects: [] };
};

const carryOut = (move: Move): Step => {
  const effects = [...move.effects, ...(move.enters ? entryOf(move) : [])];
  return { call: { ...move.call, speaking: speakingAfter(move.call.speaking, effects) }, effects };
};

const entryOf = ({ call, saying }: Move): readonly VoiceCallEffect[] => {
  const { says, does, music } = states[call.phase];
  const sounds = [...saying, ...(says?.(call) ?? [])];
  const heard: readonly VoiceCallEffect[] =
    sounds.length > 0 ? [{ type: 'play', sounds, repeat: 'once' }] : music ? [playMusic] : [];
  return [...heard, ...(does?.(call) ?? [])];
};

const speakingAfter = (before: boolean, effects: readonly VoiceCallEffect[]): boolean =>
  effects.reduce((speaking, effect) => {
    if (effect.type === 'play') return effect.repeat === 'once';
    // A prompt that has ended, or was silenced, is followed by a wait.
    return effect.type === 'hush' || effect.type === 'await-key' ? false : speaking;
  }, before);
