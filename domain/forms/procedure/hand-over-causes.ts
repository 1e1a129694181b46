import type { HandOverCause } from './procedure.ts';
import type { Stage } from './stages.ts';

/** Why a complaint is handed over from a stage, the usual cause first. */
type Causes = Readonly<Partial<Record<Stage, readonly HandOverCause[]>>>;

const toSenior: Causes = {
  drafting: [/* J6 */ 'cannot-settle', /* J1 */ 'key-account'],
  informing: [/* S1 */ 'not-content', 'cannot-settle'],
  manager: [/* M1 */ 'back-to-senior'],
};

const toManager: Causes = {
  drafting: [/* J3 */ 'explanation-not-accepted'],
  declined: [/* J3 */ 'explanation-not-accepted'],
  answered: [/* J4a */ 'attitude-differs', /* S1 */ 'not-content'],
};

/** S1: from wherever else it is. */
const usual = { senior: ['cannot-settle'], manager: ['not-content', 'overdue'] } as const satisfies Record<
  'senior' | 'manager',
  readonly HandOverCause[]
>;

/** The causes for which a complaint is handed to a desk from a stage, the usual one first. */
export const handOverCausesAt = (stage: Stage, to: 'senior' | 'manager'): readonly HandOverCause[] =>
  (to === 'senior' ? toSenior : toManager)[stage] ?? usual[to];
