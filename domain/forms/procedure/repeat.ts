import type { Attitude, Procedure, RepeatBranch } from './procedure.ts';
import type { Stage } from './stages.ts';
import { overdueOrder } from './standing-deadline.ts';

/** Stages in which a complaint counts as closed when its user comes again (J4a). */
const ended: readonly Stage[] = ['answered', 'declined', 'closed'];

export const isEnded = ({ stage }: Pick<Procedure, 'stage'>): boolean => ended.includes(stage);

/** When the settlement that stands was made: the latest answer, or that the complaint is not accepted. */
const settledAt = ({ answer, declined }: Procedure): number => Math.max(answer?.at ?? 0, declined?.at ?? 0);

/** M1: whether what stands is the manager hotline's decision. What a senior settles after it is no decision. */
export const isDecided = (standing: Procedure): boolean =>
  standing.decision !== null && standing.decision.at >= settledAt(standing);

/**
 * The satisfaction record (Q1): what the user said last, called back or by coming again, of the settlement that
 * stands. A new one begins a new record.
 */
export const satisfactionRecord = (standing: Procedure): Attitude | undefined => {
  const { callBacks, repeats } = standing;
  const said = [
    ...callBacks.flatMap(({ at, outcome }) => (outcome === 'unreachable' ? [] : [{ at, attitude: outcome }])),
    ...repeats.flatMap(({ at, attitude }) => (attitude === null ? [] : [{ at, attitude }])),
  ].filter(({ at }) => at >= settledAt(standing));
  return said.reduce<(typeof said)[number] | undefined>(
    (last, one) => (last && last.at > one.at ? last : one),
    undefined,
  )?.attitude;
};

/**
 * J4: what a repeated complaint meets. Without a record there is nothing that the attitude could differ from:
 * it is the record then. Of a closed complaint the attitude must have been asked; one that was not says nothing
 * but that the user rang again, and counts as dissatisfied.
 */
export const repeatBranch = (standing: Procedure, attitude: Attitude | null, now: number): RepeatBranch => {
  if (!isEnded(standing)) {
    return overdueOrder(standing, now) ? 'overdue' : 'progress';
  }
  const record = satisfactionRecord(standing);
  const voiced = attitude ?? 'dissatisfied';
  if (record !== undefined && record !== voiced) return 'differs';
  if (voiced === 'satisfied') return 'handled';
  return isDecided(standing) ? 'final' : 'dissatisfied';
};

/** Where each branch of J4 leads; `undefined`: the form stays where it is. */
export const repeatLeadsTo: Readonly<Record<RepeatBranch, Stage | undefined>> = {
  /** J4a: the attitude differs from the record */ differs: 'manager',
  /** J4a: agrees and satisfied */ handled: 'closed',
  /** J4a: agrees and dissatisfied */ dissatisfied: 'senior',
  /** J4b */ overdue: 'manager',
  /** J4c */ progress: undefined,
  /** M1: the manager hotline's decision is final */ final: undefined,
};
