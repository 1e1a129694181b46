import type { VoiceCall } from '../voice-call.ts';
import { type Cell, go, type Move, over, playMusic, stay } from './state.ts';
import { agent } from './to-agent.ts';

/** While records are asked: music after the prompt, and 0 is an agent. */
export const waiting = {
  'prompt-over': (call: VoiceCall) => stay(call, { effects: [playMusic] }),
  key: ((call, event) =>
    event.key === '0'
      ? agent(call, event)
      : stay(call, { effects: call.speaking ? [playMusic] : [] })) satisfies Cell<'key'>,
  'caller-gone': over,
};

/** What was read is read again; nothing where that was done often enough. */
export const readAgain = (call: VoiceCall): Move | undefined => {
  const repeats = call.reading.repeats + 1;
  return repeats > call.rules.repeatsAllowed
    ? undefined
    : go(call, call.phase, { set: { reading: { ...call.reading, repeats } } });
};
