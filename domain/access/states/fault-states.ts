import { faultKindOfKey } from '../fault-kinds.ts';
import { spokenDigits } from '../spoken-number.ts';
import type { FaultPhase } from '../voice-call.ts';
import { enterAgain, exit } from './entry-states.ts';
import { menuState } from './menu-state.ts';
import { type Cell, go, type States, say, stay } from './state.ts';
import { agent, agentSaying } from './to-agent.ts';
import { readAgain, waiting } from './waiting.ts';

/**
 * Fault report, service 112:
 *
 *   number ─▶ fault-line ── found ─▶ fault-kind ── 1…4 ─▶ fault-booking ── booked ─▶ fault-booked ─▶ anything-else
 *      ▲          │ unknown, three times: an agent            │ not booked: an agent       │ 1: read again
 *      └──────────┘ records down: an agent                    ▼                            └── at most twice
 */
const book =
  (key: string): Cell =>
  (call) => {
    const kind = faultKindOfKey(key);
    return kind === undefined ? stay(call) : go(call, 'fault-booking', { set: { faultKind: kind } });
  };

export const faultStates: States<FaultPhase> = {
  'fault-line': {
    says: (call) => say(call, 'one-moment'),
    does: ({ number }) => [{ type: 'find-line', line: number }],
    on: {
      ...waiting,
      'line-found': (call) => go(call, 'fault-kind'),
      'line-unknown': (call) => enterAgain(call, ['line-unknown']),
      'records-failed': agentSaying('records-unavailable'),
    },
  },
  'fault-kind': menuState({
    says: (call) => say(call, 'fault-kinds'),
    keys: { '1': book('1'), '2': book('2'), '3': book('3'), '4': book('4'), '*': exit },
    givenUp: agent,
  }),
  'fault-booking': {
    says: (call) => say(call, 'one-moment'),
    does: ({ number, faultKind }) => [{ type: 'book-fault', line: number, kind: faultKind }],
    on: {
      ...waiting,
      booked: (call, { formNumber }) =>
        go(call, 'fault-booked', { set: { reading: { formNumber, months: [], repeats: 0 } } }),
      'not-booked': agentSaying('fault-not-booked'),
    },
  },
  'fault-booked': menuState({
    says: (call) => [
      ...say(call, 'fault-booked'),
      ...spokenDigits(call.reading.formNumber, call.language),
      ...say(call, 'hear-again'),
    ],
    keys: { '1': (call, event) => readAgain(call) ?? exit(call, event) },
    otherKey: exit,
    givenUp: exit,
    silences: 1,
  }),
};
