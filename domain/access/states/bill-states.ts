import { isOfLength, passwordDigits } from '../entry-purposes.ts';
import { spokenBill } from '../spoken-bill.ts';
import type { BillPhase, VoiceCall } from '../voice-call.ts';
import { exit, keyingState } from './entry-states.ts';
import { menuState } from './menu-state.ts';
import { go, type Move, onwards, type States, say } from './state.ts';
import { agent, agentSaying } from './to-agent.ts';
import { readAgain, waiting } from './waiting.ts';

/**
 * Bill enquiry, service 170:
 *
 *   number ─▶ bill-password ── # ─▶ bill-reading ── bill ─▶ bill-read ─▶ anything-else
 *      ▲                               │ │                   │ 1: read again, at most twice
 *      └── do not belong together ─────┘ │
 *               the third time ──▶ bill-refused ── 1, 0 ─▶ agent, else out
 *
 * Which of number and password was wrong is never said, and the password stays no longer than needed.
 */
const mismatch = (call: VoiceCall): Move => {
  const entry = { purpose: 'bill' as const, digits: '', entries: call.entry.entries + 1 };
  return entry.entries >= call.rules.entriesAllowed
    ? go(call, 'bill-refused', { set: { entry } })
    : go(call, 'number', { set: { entry }, saying: say(call, 'bill-mismatch') });
};

export const billStates: States<BillPhase> = {
  'bill-password': keyingState({
    says: (call) => say(call, 'bill-password'),
    finished: (call) => (isOfLength(call.entry.digits, passwordDigits) ? go(call, 'bill-reading') : mismatch(call)),
  }),
  'bill-reading': {
    says: (call) => say(call, 'one-moment'),
    does: ({ number, entry }) => [{ type: 'read-bill', line: number, password: entry.digits }],
    on: {
      ...waiting,
      bill: (call, { months }) =>
        go(call, 'bill-read', {
          set: { entry: { ...call.entry, digits: '' }, reading: { formNumber: '', months, repeats: 0 } },
        }),
      'bill-refused': mismatch,
      'records-failed': agentSaying('records-unavailable'),
    },
  },
  'bill-read': menuState({
    says: (call) => [...spokenBill(call.reading.months, call.language), ...say(call, 'hear-again')],
    keys: { '1': (call, event) => readAgain(call) ?? exit(call, event) },
    otherKey: exit,
    givenUp: exit,
    silences: 1,
  }),
  'bill-refused': menuState({
    says: (call) => say(call, 'bill-refused'),
    keys: { '1': agent, '2': onwards('farewell') },
    givenUp: onwards('farewell'),
    silences: 2,
  }),
};
