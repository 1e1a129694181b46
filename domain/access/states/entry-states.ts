import { isOfLength, mostDigitsKept, numberToRing, purposes } from '../entry-purposes.ts';
import { spokenDigits } from '../spoken-number.ts';
import type { EntryPhase, VoiceCall, VoiceCallPhase } from '../voice-call.ts';
import type { VoicePrompt } from '../voice-prompts.ts';
import { menuState } from './menu-state.ts';
import { type Cell, go, type Move, over, type State, type States, say, stay } from './state.ts';
import { toAgent } from './to-agent.ts';

/**
 * A number keyed and ended by # (A6), whatever for:
 *
 *   own-number ── 1 ─▶ settled          * ─▶ anything-else        0 ─▶ agent, in `number` 0 and #
 *      │ 2, or none to offer  ▲ 1
 *      ▼                      │
 *   number ── # , silence ─▶ number-confirm (where it is read back; else settled at once)
 *      ▲   │ wrong length        │ 2
 *      └───┴─────────────────────┘ at most three entries, then an agent
 */

/** Where a settled number is used. */
const settledAt: Record<VoiceCall['entry']['purpose'], VoiceCallPhase> = {
  callback: 'callback-keeping',
  message: 'message-intro',
  fault: 'fault-line',
  bill: 'bill-password',
};

const settle = (call: VoiceCall, number: string): Move =>
  go(call, settledAt[call.entry.purpose], { set: { number, entry: { ...call.entry, digits: '' } } });

/** Another try where one is left; else an agent. */
export const enterAgain = (call: VoiceCall, why: readonly VoicePrompt[]): Move => {
  const entry = { ...call.entry, digits: '', entries: call.entry.entries + 1 };
  return entry.entries >= call.rules.entriesAllowed
    ? toAgent({ ...call, entry }, { saying: [...why, 'too-many-entries'] })
    : go(call, 'number', { set: { entry }, saying: say(call, ...why) });
};

/** Leaves what was begun: nothing is kept. */
export const exit: Cell = (call) => go(call, 'anything-else');

const finished: Cell = (call) => {
  const { digits, purpose } = call.entry;
  if (!isOfLength(digits, purposes[purpose].digits))
    return enterAgain(call, [digits === '' ? 'nothing-keyed' : 'number-wrong']);
  return purposes[purpose].readBack ? go(call, 'number-confirm') : settle(call, digits);
};

/** Digits until #; 0 and # alone is an agent, since 0 is a digit here. A wait after digits ends them as # does. */
export const keyingState = (given: {
  readonly says: (call: VoiceCall) => readonly string[];
  readonly finished: Cell;
}): State => {
  const end: Cell = (call, event) => (call.entry.digits === '0' ? toAgent(call) : given.finished(call, event));
  return {
    says: given.says,
    on: {
      'prompt-over': (call) => stay(call, { effects: [{ type: 'await-key' }] }),
      key: (call, event) => {
        if (event.key === '#') return end(call, event);
        if (event.key === '*') return exit(call, event);
        const digits = /^\d$/.test(event.key)
          ? (call.entry.digits + event.key).slice(0, mostDigitsKept)
          : call.entry.digits;
        return stay(call, {
          set: { entry: { ...call.entry, digits } },
          effects: [...(call.speaking ? [{ type: 'hush' } as const] : []), { type: 'await-key' }],
        });
      },
      silence: end,
      'caller-gone': over,
    },
  };
};

const callersNumber = (call: VoiceCall): string | undefined => numberToRing(call.caller);

export const entryStates: States<EntryPhase> = {
  'own-number': menuState({
    says: (call) => [
      ...say(call, 'own-number'),
      ...spokenDigits(callersNumber(call) ?? '', call.language),
      ...say(call, 'own-number-keys'),
    ],
    keys: {
      '1': (call) => settle(call, callersNumber(call) ?? ''),
      '2': (call) => go(call, 'number'),
      '*': exit,
    },
    givenUp: (call) => toAgent(call),
  }),
  number: keyingState({ says: (call) => say(call, purposes[call.entry.purpose].asks), finished }),
  'number-confirm': menuState({
    says: (call) => [
      ...say(call, 'number-keyed'),
      ...spokenDigits(call.entry.digits, call.language),
      ...say(call, 'number-keys'),
    ],
    keys: {
      '1': (call) => settle(call, call.entry.digits),
      '2': (call) => enterAgain(call, []),
      '*': exit,
    },
    givenUp: (call) => toAgent(call),
  }),
};

/** A6: the caller's own number first, where it is known. */
export const askForNumber = (call: VoiceCall): VoiceCallPhase =>
  callersNumber(call) === undefined ? 'number' : 'own-number';
