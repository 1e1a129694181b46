import type { Form } from '../../form.ts';
import type { Operation } from '../../operations.ts';
import type { Attitude } from '../procedure.ts';
import type { Stage } from '../stages.ts';

/** J4, M1: what a clerk would have written down of a complaint's settlement, in the order in which it happened. */
export interface ComplaintRecord {
  /** The user's latest word about what was settled last; null: none yet. */
  readonly attitude: Attitude | null;
  /** Whether what was settled last is the manager hotline's decision. */
  readonly decided: boolean;
}

export const emptyRecord: ComplaintRecord = { attitude: null, decided: false };

/** The record after an operation that was applied. */
export const recordAfter = (before: ComplaintRecord, operation: Operation): ComplaintRecord => {
  switch (operation.kind) {
    case 'form.answer':
    case 'form.decline':
      return emptyRecord;
    case 'form.decide':
      return { attitude: null, decided: true };
    case 'form.call-back': {
      const { outcome } = operation.payload;
      return outcome === 'unreachable' ? before : { ...before, attitude: outcome };
    }
    case 'form.repeat':
      return operation.payload.attitude ? { ...before, attitude: operation.payload.attitude } : before;
    default:
      return before;
  }
};

const isLate = (form: Form, now: number): boolean =>
  form.procedure.orders.some(
    ({ state, deadline }) =>
      deadline !== null &&
      ['sent', 'asked', 'answered'].includes(state) &&
      (deadline.paused === null ? now : Math.min(now, deadline.paused.at)) > deadline.dueAt,
  );

/** Where J4 and Q1 lead from here; `undefined`: this operation is none of theirs. */
export const ledTo = (form: Form, operation: Operation, record: ComplaintRecord): Stage | undefined => {
  const { stage } = form.procedure;
  if (operation.kind === 'form.call-back') {
    if (operation.payload.outcome === 'unreachable') return undefined;
    return operation.payload.outcome === 'satisfied' || record.decided ? 'closed' : 'senior';
  }
  if (operation.kind !== 'form.repeat') return undefined;
  if (stage !== 'answered' && stage !== 'declined' && stage !== 'closed') {
    return isLate(form, operation.madeAt) ? 'manager' : stage;
  }
  const attitude = operation.payload.attitude ?? 'dissatisfied';
  if (record.attitude !== null && record.attitude !== attitude) return 'manager';
  if (attitude === 'satisfied') return 'closed';
  return record.decided ? stage : 'senior';
};
