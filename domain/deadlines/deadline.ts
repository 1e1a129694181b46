import { z } from 'zod';
import type { ComplaintFields } from '../forms/complaint.ts';
import { ok, type Result, refused } from '../result.ts';
import type { DeadlineRules } from './deadline-rules.ts';
import { calendarOf, dayOf } from './working-calendar.ts';
import { afterWorkingMs, endOfWorkingDay, workingMsBetween } from './working-time.ts';

const instant = z.int().nonnegative();
const reason = z.string().min(1).max(4_000);

/** S3: the deadline of a dispatch, as it is kept on its form. Times are the server's, in ms. */
export const deadline = z.strictObject({
  startedAt: instant,
  /** The last instant in time. It stays where it is while the deadline is paused, and moves on resumption. */
  dueAt: instant,
  /** Not published: a year in it has no national notice yet, so that `dueAt` was reckoned by the week. */
  calendarPublished: z.boolean(),
  paused: z.strictObject({ at: instant, reason }).nullable(),
  pauses: z.array(z.strictObject({ from: instant, to: instant, reason })).readonly(),
  /** S4: steps of the escalation taken, each once; 100: escalated as overdue. */
  warnings: z.array(z.strictObject({ atPercent: z.int(), at: instant })).readonly(),
});
export type Deadline = Readonly<z.infer<typeof deadline>>;

export type DeadlineRefusal =
  | { readonly code: 'paused-already' }
  | { readonly code: 'not-paused' }
  /** Too late to pause: it is being escalated, and the manager hotline decides (M1). */
  | { readonly code: 'overdue-already' };

/** S3: the deadline of what is sent now; see `endOfWorkingDay` for what counts as a day. A type not known yet is any other. */
export const startDeadline = (at: number, type: ComplaintFields['complaintType'], rules: DeadlineRules): Deadline => {
  const dueAt = endOfWorkingDay(rules.workingDays[type ?? 'other'], at, rules);
  return {
    startedAt: at,
    dueAt,
    calendarPublished: isPublished(at, dueAt, rules),
    paused: null,
    pauses: [],
    warnings: [],
  };
};

/** The deadline stands still from now on. */
export const pauseDeadline = (before: Deadline, at: number, why: string): Result<Deadline, DeadlineRefusal> => {
  if (before.paused) return refused({ code: 'paused-already' });
  if (isOverdue(before, at)) return refused({ code: 'overdue-already' });
  return ok({ ...before, paused: { at, reason: why } });
};

/** The deadline goes on, later by the working time that it was paused for. */
export const resumeDeadline = (
  before: Deadline,
  at: number,
  rules: DeadlineRules,
): Result<Deadline, DeadlineRefusal> => {
  if (!before.paused) return refused({ code: 'not-paused' });
  const pause = { from: before.paused.at, to: Math.max(at, before.paused.at), reason: before.paused.reason };
  const dueAt = afterWorkingMs(before.dueAt, workingMsBetween(pause.from, pause.to, rules), rules);
  const calendarPublished = before.calendarPublished && isPublished(before.dueAt, dueAt, rules);
  return ok({ ...before, dueAt, calendarPublished, paused: null, pauses: [...before.pauses, pause] });
};

/** J4b: whether the time to answer is over; one paused in time stays in time. */
export const isOverdue = (kept: Deadline, now: number): boolean => standingAt(kept, now) > kept.dueAt;

export interface DeadlineState {
  readonly level: 'in-time' | 'warned' | 'overdue';
  /** The highest step of the escalation reached, by its `atPercent`; 0: none. */
  readonly reachedPercent: number;
  /** Working time gone by, of all there was; above 1 when overdue. */
  readonly shareElapsed: number;
  /** Working time left; below 0 the working time overdue. */
  readonly remainingMs: number;
}

/** S4: how a deadline stands. */
export const deadlineState = (kept: Deadline, now: number, rules: DeadlineRules): DeadlineState => {
  const { total, remainingMs } = timesAt(kept, now, rules);
  const overdue = isOverdue(kept, now);
  const percent = percentAt(kept, now, rules);
  const reachedPercent = rules.escalation.findLast(({ atPercent }) => atPercent <= percent)?.atPercent ?? 0;
  return {
    level: overdue ? 'overdue' : reachedPercent > 0 ? 'warned' : 'in-time',
    reachedPercent,
    shareElapsed: total > 0 ? Math.max(0, (total - remainingMs) / total) : 1,
    remainingMs,
  };
};

/** The working time there was in all, without pauses, and what is left of it. */
export const timesAt = (kept: Deadline, now: number, rules: DeadlineRules) => {
  const at = standingAt(kept, now);
  const paused = kept.pauses.reduce((sum, { from, to }) => sum + workingMsBetween(from, to, rules), 0);
  return {
    total: workingMsBetween(kept.startedAt, kept.dueAt, rules) - paused,
    remainingMs: workingMsBetween(at, kept.dueAt, rules) - workingMsBetween(kept.dueAt, at, rules),
  };
};

/** Whole percents of the working time gone by; 100 from the moment it is overdue, and not before. */
export const percentAt = (kept: Deadline, now: number, rules: DeadlineRules): number => {
  if (isOverdue(kept, now)) return 100;
  const { total, remainingMs } = timesAt(kept, now, rules);
  // No time at all is left of a deadline whose days the settings have since made days off.
  return total > 0 ? Math.min(99, Math.floor(((total - remainingMs) * 100) / total)) : 99;
};

/** The instant to look at: a paused deadline stands where it was paused. */
const standingAt = ({ paused }: Deadline, now: number): number => (paused ? Math.min(paused.at, now) : now);

/** Whether every day from one instant to another has its national calendar. */
const isPublished = (from: number, to: number, rules: DeadlineRules): boolean =>
  [from, to].every((at) => calendarOf(dayOf(at, rules), rules) === 'published');
