import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { usualAccessRules } from './access-rules.ts';
import { isOfLength, purposes } from './entry-purposes.ts';
import { arrived, nextVoiceCall } from './next-voice-call.ts';
import {
  begun,
  callerEvents,
  happen,
  keysOfTelephone,
  type Ledger,
  type PaperCall,
  worldEvents,
} from './testing/paper-caller.ts';
import { type VoiceCallEvent, type VoiceCallPhase, voiceCallPhases } from './voice-call.ts';

const noLedger = (): Ledger => ({ talks: 0, callbacks: 0, messages: 0, faults: 0, bills: 0 });

const waitingForRecords: readonly VoiceCallPhase[] = [
  ...(['callback-keeping', 'message-keeping', 'fault-line', 'fault-booking', 'bill-reading'] as const),
];
const inEntry: readonly VoiceCallPhase[] = [
  ...(['own-number', 'number', 'number-confirm', 'fault-line', 'bill-password', 'bill-reading'] as const),
];
const inQueue: readonly VoiceCallPhase[] = ['queued', 'offered', 'ringing', 'talking'];
const inReading: readonly VoiceCallPhase[] = ['fault-booked', 'bill-read'];

/** States that differ only in what is said, or in what is set anew before it matters, are one. */
const abstractOf = ({ call, world }: PaperCall): string => {
  const { phase, speaking, failures, queue, offered, placeTold, entry, reading } = call;
  const { digits, purpose, entries } = entry;
  const length =
    digits === '' || digits === '0' ? digits : isOfLength(digits, purposes[purpose].digits) ? 'number' : 'none';
  return JSON.stringify([
    ...[phase, speaking, failures, queue],
    inQueue.includes(phase) && [offered, placeTold],
    inEntry.includes(phase) && [purpose, entries, length],
    inReading.includes(phase) && reading.repeats,
    { ...world, asked: waitingForRecords.includes(phase) && world.asked },
  ]);
};

/** Digits are keyed by the number, wrong and right: one by one they would be a model of arithmetic. */
const keyed = (state: PaperCall, digits: string): PaperCall =>
  [...digits].reduce((at, key) => happen(at, { type: 'key', key }, noLedger()), state);

const keying: readonly VoiceCallPhase[] = ['number', 'bill-password'];

const nextOf = (state: PaperCall): readonly PaperCall[] => {
  if (state.call.phase === 'ended') return [];
  const single = [...worldEvents(state), ...callerEvents(state)].map((event) => happen(state, event, noLedger()));
  const whole = keying.includes(state.call.phase)
    ? ['5551234', '12345678901234567890'].map((digits) => keyed(state, digits))
    : [];
  return [...single, ...whole];
};

const explore = (caller: string) => {
  const states = new Map<string, { readonly state: PaperCall; readonly next: readonly string[] }>();
  const first = begun(arrived(caller, usualAccessRules));
  const open = [first];
  const seen = new Set([abstractOf(first)]);
  for (let state = open.pop(); state; state = open.pop()) {
    const next = nextOf(state);
    states.set(abstractOf(state), { state, next: next.map(abstractOf) });
    for (const one of next) {
      const name = abstractOf(one);
      if (seen.has(name)) continue;
      seen.add(name);
      open.push(one);
    }
  }
  return states;
};

describe.each([
  ['a caller whose number is known', '13800138000'],
  ['a caller who withholds the number', ''],
])('model check: %s', (_who, caller) => {
  let states: ReturnType<typeof explore>;
  beforeAll(() => {
    states = explore(caller);
  });
  const all = () => [...states.values()].map(({ state }) => state);

  test('A2–A8 every state of the chart is reached', () => {
    console.log(
      `${states.size} states of the model, ${[...states.values()].reduce((sum, { next }) => sum + next.length, 0)} steps`,
    );
    const reached = new Set(all().map(({ call }) => call.phase));
    const unreached = voiceCallPhases.filter((phase) => !reached.has(phase));
    expect(unreached).toEqual(caller === '' ? ['own-number'] : []);
  });

  test('A2–A8 no dead end: in every state something can happen without the caller, and it leads to a seat or to the end', () => {
    const rests = new Set<string>();
    for (const [name, { state }] of states) {
      if (state.call.phase === 'ended' || state.call.phase === 'talking') rests.add(name);
      else expect(worldEvents(state), name).not.toEqual([]);
    }
    for (let grown = -1; grown !== rests.size; ) {
      grown = rests.size;
      for (const [name, { state }] of states) {
        if (rests.has(name)) continue;
        const next = worldEvents(state).map((event) => abstractOf(happen(state, event, noLedger())));
        if (next.some((one) => rests.has(one))) rests.add(name);
      }
    }
    expect([...states.keys()].filter((name) => !rests.has(name))).toEqual([]);
  });

  test('A2 every key cuts short what is said', () => {
    for (const { call } of all()) {
      if (!call.speaking || call.phase === 'ended') continue;
      for (const key of keysOfTelephone) {
        const { effects } = nextVoiceCall(call, { type: 'key', key });
        expect(
          effects.map(({ type }) => type),
          `${key} in ${call.phase}`,
        ).toEqual(expect.arrayContaining([expect.stringMatching(/^(play|hush|hang-up|await-key|ask-place)$/)]));
      }
    }
  });

  test('A2 0 reaches an agent everywhere; where digits are keyed, 0 and #', () => {
    const elsewhere: readonly VoiceCallPhase[] = [
      'arrived',
      'queued',
      'offered',
      'ringing',
      'talking',
      'farewell',
      'ended',
    ];
    for (const state of all()) {
      if (elsewhere.includes(state.call.phase)) continue;
      if (keying.includes(state.call.phase) && state.call.entry.digits !== '') continue;
      const asked = keyed(state, keying.includes(state.call.phase) ? '0#' : '0');
      expect(asked.call.phase, state.call.phase).toBe('queued');
    }
  });

  test('A2–A8 a caller can hang up in every state, and leaves nothing behind that is neither kept nor dropped', () => {
    for (const state of all()) {
      if (state.call.phase !== 'ended')
        expect(happen(state, { type: 'caller-gone' }, noLedger()).call.phase).toBe('ended');
    }
  });
});

const pick = <Item>(items: readonly Item[], chance: number): readonly Item[] =>
  items.slice(chance % items.length).slice(0, 1);
const press = (keys: string): readonly VoiceCallEvent[] => [...keys].map((key) => ({ type: 'key', key }));

/** Callers mostly do what they are asked to, at times anything; one in a hundred hangs up at any moment. */
const nextChoice = (state: PaperCall, chance: number): readonly VoiceCallEvent[] => {
  const how = chance % 100;
  const which = Math.floor(chance / 100);
  if (how === 0) return [{ type: 'caller-gone' }];
  if (how < 45) return pick(worldEvents(state), which);
  if (state.call.phase === 'queued') return [{ type: 'all-busy', place: null }];
  if (keying.includes(state.call.phase) && how < 90) return press(how < 80 ? '5551234#' : '123#');
  if (how < 90)
    return state.call.phase === 'arrived' ? [{ type: 'answered' }] : press(pick([...'11122225*'], which).join(''));
  return pick(callerEvents(state), which);
};

test('A2–A8 100,000 random callers: none is lost, nor a message, nor a callback', () => {
  const ledger = noLedger();
  const ends = { afterTalk: 0, kept: 0, hungUp: 0, saidGoodbye: 0 };
  let callers = 0;
  let steps = 0;
  const someone = fc.record({
    caller: fc.constantFrom('13800138000', ''),
    /** What happens next, among what can. */
    chances: fc.array(fc.nat({ max: 99_999 }), { minLength: 5, maxLength: 40, size: 'max' }),
  });
  fc.assert(
    fc.property(someone, ({ caller, chances }) => {
      let state = begun(arrived(caller, usualAccessRules));
      const before = { ...ledger };
      let last: string = '';
      const isOver = (): boolean => state.call.phase === 'ended';
      const step = (event: VoiceCallEvent) => {
        if (event.type === 'kept') ledger[state.world.asked === 'callback' ? 'callbacks' : 'messages'] += 1;
        if (event.type === 'caller-gone' && state.world.unkeptSound) ledger.messages += 1;
        state = happen(state, event, ledger);
        last = event.type;
        steps += 1;
      };
      for (const chance of chances) {
        if (isOver()) break;
        for (const event of nextChoice(state, chance)) if (!isOver()) step(event);
      }
      // From here on the caller says nothing more, seats answer and hang up, records answer.
      for (let patience = 0; !isOver(); patience += 1) {
        if (patience > 200) throw new Error(`a caller is lost in ${state.call.phase}`);
        const [next] = worldEvents(state);
        if (!next) throw new Error(`nothing can happen any more in ${state.call.phase}`);
        step(next);
      }
      callers += 1;
      const got = (Object.keys(ledger) as (keyof Ledger)[]).some(
        (what) => what !== 'talks' && ledger[what] > before[what],
      );
      if (got) ends.kept += 1;
      else if (ledger.talks > before.talks) ends.afterTalk += 1;
      else if (last === 'caller-gone') ends.hungUp += 1;
      else ends.saidGoodbye += 1;
    }),
    { numRuns: 100_000, seed: 20_261_124, endOnFailure: true },
  );
  console.log(`${callers} random callers, ${steps} steps: ${JSON.stringify(ends)}, ${JSON.stringify(ledger)}`);
  expect(callers).toBe(100_000);
  expect(ends.afterTalk + ends.kept + ends.hungUp + ends.saidGoodbye).toBe(100_000);
  for (const [what, count] of Object.entries(ledger)) expect(count, what).toBeGreaterThan(100);
}, 120_000);
