import type { CallBackOutcome, Procedure } from './procedure.ts';
import { isDecided } from './repeat.ts';
import type { Stage } from './stages.ts';

/** Tries to reach the user since the answer that is asked about. */
export const callBackTries = ({ callBacks, answer }: Procedure): number =>
  callBacks.filter((one) => one.outcome === 'unreachable' && one.at >= (answer?.at ?? 0)).length;

/**
 * Q1: where a call-back leads, this one not counted yet. Dissatisfied goes to a senior as J4a says, unless the
 * manager hotline's decision was what the user is dissatisfied with: that is final (M1).
 */
export const callBackLeadsTo = (standing: Procedure, outcome: CallBackOutcome, maxTries: number): Stage => {
  if (outcome === 'satisfied') return 'closed';
  if (outcome === 'dissatisfied') return isDecided(standing) ? 'closed' : 'senior';
  return callBackTries(standing) + 1 >= maxTries ? 'closed' : 'answered';
};
