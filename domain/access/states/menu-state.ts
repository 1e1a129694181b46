import type { VoiceCall } from '../voice-call.ts';
import { type Cell, go, type Move, over, type State, say, stay } from './state.ts';
import { agent } from './to-agent.ts';

interface Menu {
  readonly says: (call: VoiceCall) => readonly string[];
  readonly does?: State['does'];
  readonly keys: Readonly<Record<string, Cell<'key'>>>;
  /** Default: an agent, as everywhere. */
  readonly zero?: Cell<'key'>;
  /** For a key of no meaning; default: said, and the menu again. */
  readonly otherKey?: Cell<'key'>;
  /** After as many silences and wrong keys as the rules allow. */
  readonly givenUp: Cell<'key' | 'silence'>;
  /** Silences that count as giving up; default: as many as the rules allow. */
  readonly silences?: number;
  readonly complains?: (call: VoiceCall) => readonly string[];
  readonly on?: State['on'];
}

/** A state in which prompts name keys, one key is waited for, and 0 is an agent. */
export const menuState = (menu: Menu): State => {
  const failed = (call: VoiceCall, event: Parameters<Menu['givenUp']>[1], saying: readonly string[]): Move => {
    const failures = call.failures + 1;
    const allowed =
      event.type === 'silence' ? (menu.silences ?? call.rules.failuresAllowed) : call.rules.failuresAllowed;
    return failures >= allowed ? menu.givenUp(call, event) : go(call, call.phase, { set: { failures }, saying });
  };
  const complains = menu.complains ?? ((call) => say(call, 'invalid-key'));
  return {
    says: menu.says,
    ...(menu.does ? { does: menu.does } : {}),
    on: {
      'prompt-over': (call) => stay(call, { effects: [{ type: 'await-key' }] }),
      silence: (call, event) => failed(call, event, []),
      key: (call, event) => {
        const cell = event.key === '0' ? (menu.zero ?? agent) : (menu.keys[event.key] ?? menu.otherKey);
        return cell ? cell(call, event) : failed(call, event, complains(call));
      },
      'caller-gone': over,
      ...menu.on,
    },
  };
};
