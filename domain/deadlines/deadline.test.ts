import fc from 'fast-check';
import { expect, test } from 'vitest';
import { complaintTypes } from '../forms/complaint.ts';
import {
  type Deadline,
  deadline,
  deadlineState,
  isOverdue,
  pauseDeadline,
  resumeDeadline,
  startDeadline,
} from './deadline.ts';
import { deadlineRules, usualDeadlineRules as rules } from './deadline-rules.ts';
import { dayOf, isWorkingDay, officeClosesAt } from './working-calendar.ts';
import { afterWorkingMs, workingMsBetween } from './working-time.ts';

const hourMs = 3_600_000;
const beijing = (local: string): number => Date.parse(`${local.replace(' ', 'T')}:00+08:00`);
const inWords = (at: number): string => new Date(at + 8 * hourMs).toISOString().slice(0, 16).replace('T', ' ');

const value = <Value>(result: { readonly ok: true; readonly value: Value } | { readonly ok: false }): Value => {
  if (!result.ok) throw new Error('refused');
  return result.value;
};
const paused = (kept: Deadline, from: string, to: string): Deadline =>
  value(resumeDeadline(value(pauseDeadline(kept, beijing(from), 'waits for the customer')), beijing(to), rules));

// Monday 2026-11-23 is an ordinary week.
const sent = beijing('2026-11-23 10:30');

test('S3 the days to answer in are settings, by type; a type not known yet has those of any other', () => {
  const due = (type: Parameters<typeof startDeadline>[1], given = rules) =>
    inWords(startDeadline(sent, type, given).dueAt);
  expect([...complaintTypes, null].map((type) => due(type))).toEqual([
    '2026-11-26 17:30',
    '2026-11-25 17:30',
    '2026-11-25 17:30',
    '2026-11-30 17:30',
    '2026-11-30 17:30',
  ]);
  expect(due('other', { ...rules, workingDays: { ...rules.workingDays, other: 1 } })).toBe('2026-11-24 17:30');
});

test('S3 office hours, the zone, regional days off and regional workdays are settings', () => {
  const due = (given: Partial<typeof rules>) =>
    inWords(startDeadline(sent, 'staff-conduct', { ...rules, ...given }).dueAt);
  expect(due({ officeHours: { fromMinute: 540, toMinute: 1_080 } })).toBe('2026-11-25 18:00');
  expect(due({ daysOff: ['2026-11-24'] })).toBe('2026-11-26 17:30');
  expect(due({ daysOff: ['2026-11-24', '2026-11-25', '2026-11-26'], workdays: ['2026-11-28'] })).toBe(
    '2026-11-28 17:30',
  );
  expect(due({ daysOff: ['2026-11-24'], workdays: ['2026-11-24'] })).toBe('2026-11-25 17:30');
  // Sent when it is still the 22nd in UTC−12.
  const west = { ...rules, utcOffsetMinutes: -720 };
  expect(startDeadline(sent, 'staff-conduct', west).dueAt).toBe(Date.parse('2026-11-24T17:30:00-12:00'));
});

test('S3 a deadline that reaches a year with no notice is reckoned by the week and says so', () => {
  const shown = (local: string, given = rules) => {
    const { dueAt, calendarPublished } = startDeadline(beijing(local), 'product-quality', given);
    return [inWords(dueAt), calendarPublished];
  };
  expect(shown('2026-12-22 10:00')).toEqual(['2026-12-25 17:30', true]);
  // The notice for 2019 made Saturday 29 December 2018 a workday: the last days wait for the next notice.
  expect(shown('2026-12-25 10:00')).toEqual(['2026-12-30 17:30', false]);
  expect(shown('2099-09-30 10:00')).toEqual(['2099-10-05 17:30', false]);
  const entered = { ...rules, yearsEntered: [2099], daysOff: ['2099-10-01', '2099-10-02', '2099-10-05'] };
  expect(shown('2099-09-30 10:00', entered)).toEqual(['2099-10-08 17:30', true]);
});

test('S4 warnings come at 50 and 80 percent of the working time, and after its end it is overdue', () => {
  // 7 hours of Monday and 9 of Tuesday and of Wednesday: 25 hours.
  const kept = startDeadline(sent, 'staff-conduct', rules);
  const at = (hours: number, more = 0) => {
    const { level, reachedPercent, shareElapsed, remainingMs } = deadlineState(
      kept,
      afterWorkingMs(sent, hours * hourMs, rules) + more,
      rules,
    );
    return [level, reachedPercent, shareElapsed, remainingMs / hourMs];
  };
  expect(at(0)).toEqual(['in-time', 0, 0, 25]);
  expect(at(12.49)).toEqual(['in-time', 0, expect.closeTo(0.4996), expect.closeTo(12.51)]);
  expect(at(12.5)).toEqual(['warned', 50, 0.5, 12.5]);
  expect(at(20)).toEqual(['warned', 80, 0.8, 5]);
  expect(at(25)).toEqual(['warned', 80, 1, 0]);
  expect(at(25, 1)).toEqual(['overdue', 100, 1, 0]);
  expect(at(50)).toEqual(['overdue', 100, 2, -25]);
  expect(deadlineState(kept, sent - hourMs, rules)).toMatchObject({ level: 'in-time', shareElapsed: 0 });
});

test('S4 the steps of the escalation are settings', () => {
  const given = { ...rules, escalation: [{ atPercent: 30, tell: ['sender' as const] }] };
  const kept = startDeadline(sent, 'staff-conduct', rules);
  expect(deadlineState(kept, afterWorkingMs(sent, 7.5 * hourMs, rules), given).reachedPercent).toBe(30);
  expect(deadlineState(kept, kept.dueAt + 1, given)).toMatchObject({ level: 'overdue', reachedPercent: 30 });
  const refused = (changed: object) => !deadlineRules.safeParse({ ...rules, ...changed }).success;
  expect(deadlineRules.parse(rules)).toEqual(rules);
  expect(refused({ escalation: [rules.escalation[1], rules.escalation[0]] })).toBe(true);
  expect(refused({ officeHours: { fromMinute: 600, toMinute: 600 } })).toBe(true);
  expect(refused({ workingDays: { other: 5 } })).toBe(true);
  expect(refused({ daysOff: ['2026-02-30'] })).toBe(true);
});

test('S4 a night, a weekend and a holiday take nothing of the time left', () => {
  const kept = startDeadline(beijing('2026-09-30 10:00'), 'product-quality', rules);
  const left = (local: string) => deadlineState(kept, beijing(local), rules).remainingMs / hourMs;
  expect(left('2026-09-30 17:30')).toBe(27);
  expect(left('2026-10-04 12:00')).toBe(27);
  expect(left('2026-10-08 08:30')).toBe(27);
  expect(left('2026-10-08 09:30')).toBe(26);
});

test('S4 a paused deadline stands still, and goes on later by the working time paused', () => {
  const kept = startDeadline(sent, 'staff-conduct', rules);
  const still = value(pauseDeadline(kept, beijing('2026-11-24 16:30'), 'waits for the customer'));
  expect(still).toEqual({ ...kept, paused: { at: beijing('2026-11-24 16:30'), reason: 'waits for the customer' } });
  const state = deadlineState(still, beijing('2026-11-24 16:30'), rules);
  expect(state.remainingMs).toBe(10 * hourMs);
  expect(deadlineState(still, beijing('2027-03-01 10:00'), rules)).toEqual(state);
  expect(isOverdue(still, beijing('2027-03-01 10:00'))).toBe(false);

  // An hour of Tuesday, and two of Wednesday.
  const on = paused(kept, '2026-11-24 16:30', '2026-11-25 10:30');
  expect(inWords(on.dueAt)).toBe('2026-11-26 11:30');
  expect(on.pauses).toEqual([
    { from: beijing('2026-11-24 16:30'), to: beijing('2026-11-25 10:30'), reason: 'waits for the customer' },
  ]);
  expect(deadlineState(on, beijing('2026-11-25 10:30'), rules)).toEqual(state);
  // Nothing but a night and a weekend.
  expect(paused(kept, '2026-11-23 18:00', '2026-11-24 08:00').dueAt).toBe(kept.dueAt);
  // A resumption dated before its pause moves nothing back.
  expect(paused(kept, '2026-11-24 16:30', '2026-11-24 15:00').dueAt).toBe(kept.dueAt);
});

test('S4 M1 what is overdue is not paused any more; what ends this moment is', () => {
  const kept = startDeadline(sent, 'staff-conduct', rules);
  expect(pauseDeadline(kept, kept.dueAt + 1, 'waits')).toEqual({ ok: false, error: { code: 'overdue-already' } });
  expect(pauseDeadline(kept, kept.dueAt, 'waits').ok).toBe(true);
});

test('S4 a pause that reaches a year with no notice says so', () => {
  const kept = startDeadline(beijing('2026-12-18 10:00'), 'staff-conduct', rules);
  expect(kept.calendarPublished).toBe(true);
  expect(paused(kept, '2026-12-21 10:00', '2026-12-31 10:00').calendarPublished).toBe(false);
});

test('S4 a pause within a pause, and a resumption of what runs, are refused', () => {
  const kept = startDeadline(sent, 'other', rules);
  const still = value(pauseDeadline(kept, sent, 'waits'));
  expect(pauseDeadline(still, sent, 'again')).toEqual({ ok: false, error: { code: 'paused-already' } });
  expect(resumeDeadline(kept, sent, rules)).toEqual({ ok: false, error: { code: 'not-paused' } });
});

const instants = fc.integer({ min: beijing('2024-01-01 00:00'), max: beijing('2026-12-31 23:59') });
const types = fc.constantFrom(...complaintTypes);
const runs = { numRuns: 1_000 };

test('S3 any deadline ends with the office hours of a working day; what is sent later is never due sooner', () => {
  fc.assert(
    fc.property(instants, instants, types, (one, another, type) => {
      const [first, second] = [Math.min(one, another), Math.max(one, another)];
      const { dueAt } = startDeadline(first, type, rules);
      const day = dayOf(dueAt, rules);
      expect(isWorkingDay(day, rules)).toBe(true);
      expect(dueAt).toBe(officeClosesAt(day, rules));
      expect(startDeadline(second, type, rules).dueAt).toBeGreaterThanOrEqual(dueAt);
      // Whole working days, and what was left of the first.
      const whole = rules.workingDays[type] * 9 * hourMs;
      expect(workingMsBetween(first, dueAt, rules) - whole).toBeGreaterThanOrEqual(0);
      expect(workingMsBetween(first, dueAt, rules) - whole).toBeLessThanOrEqual(9 * hourMs);
    }),
    runs,
  );
});

test('S4 whatever the pauses, a deadline moves by the working time paused and nothing else changes its standing', () => {
  const gaps = fc.array(fc.tuple(fc.integer({ min: 0, max: 96 * hourMs }), fc.integer({ min: 0, max: 96 * hourMs })), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(instants, types, gaps, (start, type, lengths) => {
      const first = startDeadline(start, type, rules);
      let kept = first;
      let at = start;
      let stood = 0;
      for (const [running, standing] of lengths) {
        const from = at + running;
        if (isOverdue(kept, from)) {
          expect(pauseDeadline(kept, from, 'waits').ok).toBe(false);
          break;
        }
        at = from + standing;
        stood += workingMsBetween(from, at, rules);
        const before = deadlineState(kept, from, rules);
        const still = value(pauseDeadline(kept, from, 'waits'));
        expect(deadlineState(still, at, rules)).toEqual(before);
        kept = value(resumeDeadline(still, at, rules));
        expect(deadlineState(kept, at, rules).remainingMs).toBe(before.remainingMs);
        expect(deadlineState(kept, at, rules).shareElapsed).toBeCloseTo(before.shareElapsed, 9);
        expect(isOverdue(kept, at)).toBe(isOverdue(still, at));
      }
      expect(workingMsBetween(first.dueAt, kept.dueAt, rules)).toBe(stood);
      expect(deadline.parse(kept)).toEqual(kept);
    }),
    runs,
  );
});

test('S4 working time adds up, and so much of it after an instant is so much', () => {
  const ms = fc.integer({ min: 0, max: 200 * hourMs });
  fc.assert(
    fc.property(instants, ms, ms, (start, one, another) => {
      const [middle, end] = [start + one, start + one + another];
      expect(workingMsBetween(start, middle, rules) + workingMsBetween(middle, end, rules)).toBe(
        workingMsBetween(start, end, rules),
      );
      expect(workingMsBetween(start, afterWorkingMs(start, one, rules), rules)).toBe(one);
    }),
    runs,
  );
});
