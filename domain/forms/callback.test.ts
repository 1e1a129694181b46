import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CallbackTry,
  callbackState,
  nextTryAt,
  type TryOutcome,
  tryOutcomes,
  usualCallbackRules,
} from './callback.ts';
import type { Origin } from './origin.ts';

const minute = 60_000;
const window = { from: 100 * minute, to: 200 * minute };
const origin: Origin = {
  via: 'callback',
  number: '13900001111',
  caller: '13900001111',
  language: 'zh',
  service: '180',
  contactId: 'c1',
  askedAt: 90 * minute,
  window,
};
const tried = (outcome: TryOutcome, startedAt: number): CallbackTry => ({
  operation: `${startedAt}`,
  by: '4001',
  outcome,
  startedAt,
  contactId: null,
});
const form = (...callbackTries: CallbackTry[]) => ({ origin, callbackTries });
const rules = usualCallbackRules;

test('A6 the customer is rung from the beginning of the window on, not before', () => {
  expect(callbackState(form(), 90 * minute, rules)).toEqual({ state: 'later', at: window.from });
  expect(callbackState(form(), 120 * minute, rules)).toEqual({ state: 'due', since: window.from });
  expect(nextTryAt(form(), 90 * minute, rules)).toBe(window.from);
});

test('A9 no answer and busy are tried again after their own pauses, within the window', () => {
  for (const outcome of ['no-answer', 'busy'] as const) {
    const at = 120 * minute;
    const due = at + rules.retryAfterMs[outcome];
    expect(callbackState(form(tried(outcome, at)), at, rules)).toEqual({ state: 'later', at: due });
    expect(callbackState(form(tried(outcome, at)), due, rules)).toEqual({ state: 'due', since: due });
  }
  expect(callbackState(form(tried('no-answer', 199 * minute)), 199 * minute, rules)).toEqual({
    state: 'needs-person',
    reason: 'window-over',
  });
});

test('A9 a wrong number, the last try and the end of the window leave it to a person', () => {
  const needs = (reason: string) => ({ state: 'needs-person', reason });
  expect(callbackState(form(tried('wrong-number', 110 * minute)), 111 * minute, rules)).toEqual(needs('wrong-number'));
  const three = [110, 130, 150].map((at) => tried('busy', at * minute));
  expect(callbackState(form(...three), 160 * minute, rules)).toEqual(needs('tries-used-up'));
  expect(callbackState(form(...three.slice(1)), 160 * minute, rules)?.state).toBe('due');
  expect(callbackState(form(), 201 * minute, rules)).toEqual(needs('window-over'));
});

test('A9 once reached it is over, and what did not come of a callback has no tries', () => {
  const reached = form(tried('busy', 110 * minute), tried('reached', 120 * minute));
  expect(callbackState(reached, 500 * minute, rules)).toEqual({ state: 'reached', at: 120 * minute });
  expect(nextTryAt(reached, 500 * minute, rules)).toBeUndefined();
  const other = { origin: { via: 'desk', channel: 'voice' }, callbackTries: [] } as const;
  expect(callbackState(other, 0, rules)).toBeUndefined();
});

test('A6 whatever happens, a promised callback is reached, has a time, or is put before a person; never rung outside its window', () => {
  const someTry = fc.record({
    outcome: fc.constantFrom(...tryOutcomes),
    afterMs: fc.integer({ min: 0, max: 40 * minute }),
  });
  fc.assert(
    fc.property(fc.array(someTry, { maxLength: 6 }), fc.integer({ min: 0, max: 300 * minute }), (tries, now) => {
      let at: number = window.from;
      const made = tries.map(({ outcome, afterMs }) => {
        at += afterMs;
        return tried(outcome, at);
      });
      const state = callbackState(form(...made), now, rules);
      const next = nextTryAt(form(...made), now, rules);
      expect(state).toBeDefined();
      expect(next !== undefined).toBe(state?.state === 'due' || state?.state === 'later');
      if (next !== undefined) {
        expect(next).toBeGreaterThanOrEqual(window.from);
        expect(next).toBeLessThanOrEqual(window.to);
        expect(made.length).toBeLessThan(rules.maxTries);
      }
      if (state?.state === 'due') expect(now).toBeLessThanOrEqual(window.to);
    }),
    { numRuns: 500 },
  );
});
