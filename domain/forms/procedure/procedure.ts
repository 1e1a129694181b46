import { z } from 'zod';
import { order } from './orders.ts';
import { stages } from './stages.ts';

const instant = z.int().nonnegative();
const made = { operation: z.string(), by: z.string(), at: instant };

export const attitudes = ['satisfied', 'dissatisfied'] as const;
/** What the customer thinks of how the complaint was settled. */
export type Attitude = (typeof attitudes)[number];

/** J4: how a repeated complaint was met, by its branch. */
export const repeatBranches = ['differs', 'handled', 'dissatisfied', 'overdue', 'progress', 'final'] as const;
export type RepeatBranch = (typeof repeatBranches)[number];

export const handOverCauses = [
  /** J1 */ 'key-account',
  /** J3 */ 'explanation-not-accepted',
  /** J6, J5 */ 'cannot-settle',
  /** S1 */ 'not-content',
  /** J4a */ 'attitude-differs',
  /** J4b, S4 */ 'overdue',
  /** M1 */ 'back-to-senior',
  /** J1, J3: nobody of the role was on duty to take the call. */ 'call-back-user',
] as const;
export type HandOverCause = (typeof handOverCauses)[number];

/** S2: what an audit found about the work of the agent it came from. */
export const assessmentFindings = ['own-competence', 'mistake', 'hard-case'] as const;

/** Q1 */
export const callBackOutcomes = ['satisfied', 'dissatisfied', 'unreachable'] as const;
export type CallBackOutcome = (typeof callBackOutcomes)[number];

export const suggestionEnds = ['adopted', 'noted', 'not-adopted'] as const;

/** Fields that are personal data: shown masked until somebody asks for them, which is written down. */
export const maskedFields = ['callerName', 'contactNumber', 'account', 'idNumber'] as const;
export type MaskedField = (typeof maskedFields)[number];

/** J5: settled at once; wants a chase or return order; cannot be settled at once. */
export const supplementNeeds = ['nothing', 'order', 'senior'] as const;

/** All that the procedures J, S, M, D and Q have made of a form. */
export const procedure = z.strictObject({
  stage: z.enum(stages),
  /** When it came to this stage. */
  since: instant,
  /** Who has taken it up at its desk; null: whoever comes first. */
  holder: z.string().nullable(),
  orders: z.array(order).readonly(),
  /** Latest word to the user. */
  answer: z.strictObject({ ...made, text: z.string() }).nullable(),
  /** J3: `reason` is one of the centre's list. */
  declined: z.strictObject({ ...made, reason: z.string(), text: z.string() }).nullable(),
  /** M1: final. */
  decision: z.strictObject({ ...made, text: z.string() }).nullable(),
  handOvers: z
    .array(
      z.strictObject({ ...made, to: z.enum(['senior', 'manager']), cause: z.enum(handOverCauses), text: z.string() }),
    )
    .readonly(),
  repeats: z
    .array(
      z.strictObject({
        ...made,
        attitude: z.enum(attitudes).nullable(),
        branch: z.enum(repeatBranches),
        contactId: z.string().nullable(),
      }),
    )
    .readonly(),
  supplements: z
    .array(
      z.strictObject({
        ...made,
        text: z.string(),
        needs: z.enum(supplementNeeds),
        settled: z.boolean(),
        contactId: z.string().nullable(),
      }),
    )
    .readonly(),
  callBacks: z
    .array(
      z.strictObject({
        ...made,
        outcome: z.enum(callBackOutcomes),
        source: z.enum(['agent', 'keyed']),
        text: z.string(),
      }),
    )
    .readonly(),
  assessments: z
    .array(
      z.strictObject({
        ...made,
        id: z.uuid(),
        agent: z.string(),
        finding: z.enum(assessmentFindings),
        /** Of the house's rules for assessments (业务考评). */
        clause: z.string(),
        weight: z.int(),
        text: z.string(),
        answer: z.strictObject({ ...made, text: z.string() }).nullable(),
      }),
    )
    .readonly(),
  /** J2: those who made the same suggestion, after the one who opened the form. */
  supporters: z
    .array(
      z.strictObject({
        ...made,
        callerName: z.string(),
        contactNumber: z.string(),
        text: z.string(),
        contactId: z.string().nullable(),
      }),
    )
    .readonly(),
  mergedInto: z.strictObject({ form: z.uuidv7(), number: z.string() }).nullable(),
  settled: z.strictObject({ ...made, end: z.enum(suggestionEnds), text: z.string() }).nullable(),
  /** J1: forms that came of the same contact. */
  links: z.array(z.strictObject({ form: z.uuidv7(), number: z.string() })).readonly(),
  /** D1 */
  articlesUsed: z
    .array(
      z.strictObject({
        ...made,
        article: z.uuid(),
        version: z.int().positive(),
        helped: z.boolean().nullable(),
        text: z.string(),
      }),
    )
    .readonly(),
});
export type Procedure = z.infer<typeof procedure>;

export const newProcedure = (at: number): Procedure => ({
  stage: 'drafting',
  since: at,
  holder: null,
  orders: [],
  answer: null,
  declined: null,
  decision: null,
  handOvers: [],
  repeats: [],
  supplements: [],
  callBacks: [],
  assessments: [],
  supporters: [],
  mergedInto: null,
  settled: null,
  links: [],
  articlesUsed: [],
});
