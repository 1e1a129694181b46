import fc from 'fast-check';
import { expect, test } from 'vitest';
import { complaintTypes } from '../forms/complaint.ts';
import { type Deadline, pauseDeadline, resumeDeadline, startDeadline } from './deadline.ts';
import { usualDeadlineRules as rules } from './deadline-rules.ts';
import { nextStepAt, stepsReached, warnOfDeadline } from './escalation.ts';

const hourMs = 3_600_000;
const sent = Date.parse('2026-11-23T10:30:00+08:00');
const kept = startDeadline(sent, 'staff-conduct', rules);

const value = <Value>(result: { readonly ok: true; readonly value: Value } | { readonly ok: false }): Value => {
  if (!result.ok) throw new Error('refused');
  return result.value;
};
const percents = (given: Deadline, at: number, by = rules) =>
  stepsReached(given, at, by).map(({ atPercent }) => atPercent);

test('S4 a step is taken once, when it is reached and not before', () => {
  const half = nextStepAt(kept, rules);
  expect(half).toBe(Date.parse('2026-11-24T14:00:00+08:00'));
  if (half === null) return;
  expect(warnOfDeadline(kept, 50, half - 1, rules)).toEqual({ ok: false, error: { code: 'not-reached' } });
  const warned = value(warnOfDeadline(kept, 50, half, rules));
  expect(warned).toEqual({ ...kept, warnings: [{ atPercent: 50, at: half }] });
  expect(warnOfDeadline(warned, 50, kept.dueAt, rules)).toEqual({ ok: false, error: { code: 'warned-already' } });
  expect(nextStepAt(warned, rules)).toBe(Date.parse('2026-11-25T12:30:00+08:00'));
});

test('S4 what is overdue is escalated even where the settings tell nobody of it', () => {
  const silent = { ...rules, escalation: [] };
  expect(nextStepAt(kept, silent)).toBe(kept.dueAt + 1);
  expect(percents(kept, kept.dueAt, silent)).toEqual([]);
  expect(percents(kept, kept.dueAt + 1, silent)).toEqual([100]);
  const done = value(warnOfDeadline(kept, 100, kept.dueAt + 1, silent));
  expect(nextStepAt(done, silent)).toBeNull();
  expect(percents(done, kept.dueAt + 1, silent)).toEqual([]);
});

test('S4 nothing is due on a paused deadline by time alone', () => {
  expect(nextStepAt(value(pauseDeadline(kept, sent, 'waits')), rules)).toBeNull();
});

test('S4 whatever the pauses, the instant of the next step is the first at which it is reached', () => {
  const pause = fc.tuple(fc.integer({ min: 0, max: 30 * hourMs }), fc.integer({ min: 0, max: 96 * hourMs }));
  fc.assert(
    fc.property(
      fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2026-12-01') }),
      fc.constantFrom(...complaintTypes),
      fc.array(pause, { maxLength: 3 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 4 }),
      (start, type, pauses, shares) => {
        const escalation = shares.sort((a, b) => a - b).map((atPercent) => ({ atPercent, tell: ['sender' as const] }));
        const given = { ...rules, escalation };
        let one = startDeadline(start, type, given);
        let at = start;
        for (const [running, standing] of pauses) {
          const paused = pauseDeadline(one, at + running, 'waits');
          if (!paused.ok) break;
          at += running + standing;
          one = value(resumeDeadline(paused.value, at, given));
        }
        const taken: number[] = [];
        for (let next = nextStepAt(one, given); next !== null; next = nextStepAt(one, given)) {
          const before = percents(one, next - 1, given);
          const [step = 0] = percents(one, next, given);
          // What was reached before the last pause lies behind it.
          if (next > at) expect(before).not.toContain(step);
          one = value(warnOfDeadline(one, step, next, given));
          taken.push(step);
        }
        expect(taken).toEqual([...shares.filter((share) => share < 100), 100]);
      },
    ),
    { numRuns: 500 },
  );
});
