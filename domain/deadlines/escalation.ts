import { ok, type Result, refused } from '../result.ts';
import { type Deadline, percentAt, timesAt } from './deadline.ts';
import { allSteps, type DeadlineRules, type EscalationStep } from './deadline-rules.ts';
import { afterWorkingMs, workingMsBetween } from './working-time.ts';

export type EscalationRefusal = { readonly code: 'not-reached' } | { readonly code: 'warned-already' };

/** S4: a step of the escalation is taken, once it is reached and not before. */
export const warnOfDeadline = (
  before: Deadline,
  atPercent: number,
  at: number,
  rules: DeadlineRules,
): Result<Deadline, EscalationRefusal> => {
  if (before.warnings.some((one) => one.atPercent === atPercent)) return refused({ code: 'warned-already' });
  if (percentAt(before, at, rules) < atPercent) return refused({ code: 'not-reached' });
  return ok({ ...before, warnings: [...before.warnings, { atPercent, at }] });
};

/** S4: the steps of the escalation that are reached and not taken yet, in order. */
export const stepsReached = (kept: Deadline, now: number, rules: DeadlineRules): readonly EscalationStep[] => {
  const percent = percentAt(kept, now, rules);
  return stepsLeft(kept, rules).filter(({ atPercent }) => atPercent <= percent);
};

/** The instant at which the next step of the escalation is reached; null: none is left, or the deadline is paused. */
export const nextStepAt = (kept: Deadline, rules: DeadlineRules): number | null => {
  const next = stepsLeft(kept, rules)[0];
  if (!next || kept.paused) return null;
  if (next.atPercent === 100) return kept.dueAt + 1;
  const { total } = timesAt(kept, kept.dueAt, rules);
  const elapsed = Math.ceil((total * next.atPercent) / 100);
  const sinceStart = workingMsBetween(kept.startedAt, kept.dueAt, rules) - total + elapsed;
  return Math.min(afterWorkingMs(kept.startedAt, sinceStart, rules), kept.dueAt + 1);
};

const stepsLeft = ({ warnings }: Deadline, rules: DeadlineRules): readonly EscalationStep[] =>
  allSteps(rules).filter((step) => !warnings.some(({ atPercent }) => atPercent === step.atPercent));
