import type { Right } from '../../people/roles.ts';
import type { ComplaintField } from '../complaint.ts';
import type { WorkRefusal } from '../work.ts';
import type { OrderRefusal } from './orders.ts';
import type { ProcedureEvent, Stage } from './stages.ts';

/** Why an operation that its stage allows does not apply to this form all the same. */
export type EffectRefusal =
  | OrderRefusal
  | { readonly code: 'no-such-reason' }
  | { readonly code: 'no-such-clause' }
  | { readonly code: 'no-such-agent' }
  | { readonly code: 'no-such-assessment' }
  | { readonly code: 'no-such-supplement' }
  | { readonly code: 'answered-already' }
  | { readonly code: 'counted-already' }
  | { readonly code: 'merge-into-itself' }
  | { readonly code: 'not-held' };

/** Why an operation of the procedures is not accepted. */
export type ProcedureRefusal =
  | EffectRefusal
  | WorkRefusal
  | { readonly code: 'not-allowed'; readonly right: Right }
  | { readonly code: 'fields-missing'; readonly fields: readonly ComplaintField[] }
  | { readonly code: 'already-submitted' }
  /** The table has no such event in this stage. */
  | { readonly code: 'not-in-this-stage'; readonly stage: Stage; readonly event: ProcedureEvent }
  /** Somebody else has taken it up at its desk. */
  | { readonly code: 'held-by'; readonly by: string };
