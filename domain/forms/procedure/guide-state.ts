import type { ComplaintFields } from '../complaint.ts';
import type { Form } from '../form.ts';
import type { FormKind } from '../form-kind.ts';
import type { FormAction } from '../operations.ts';
import type { HandOverCause } from './procedure.ts';
import type { ProcedureRules } from './procedure-rules.ts';

/**
 * Where the guide stands: the question that the procedure J asks next.
 *
 *   key-account ─ no ─▶ kind ─ complaint ─▶ reasonable ─ yes ─▶ standing ─ new ─▶ type ─▶ settle ─▶ answer
 *        │               │ │                    │ no              │   │             │  │
 *        │ yes           │ └ both: both ways    ▼                 │   └ again ─▶ which└──┴─▶ department ─▶ order
 *        ▼               ▼                decline-reason          ▼                  │
 *       done       suggestion ─ new ─▶ record  │             repeat, supplement      │
 *                        │ known         │     ▼                  │                  │
 *                        └───────────────┴─▶ explain ─────────────┴───▶ done ◀───────┘
 */
export const guideSteps = [
  /** J1 */ 'key-account',
  /** J1 */ 'kind',
  /** J2 */ 'suggestion',
  /** J2 */ 'record',
  /** J3 */ 'reasonable',
  /** J3 */ 'decline-reason',
  /** J3 */ 'explain',
  /** J3 */ 'standing',
  /** J4, J5 */ 'which',
  /** J4 */ 'repeat',
  /** J5 */ 'supplement',
  /** J6, S3 */ 'type',
  /** J6 */ 'settle',
  /** J6 */ 'answer',
  /** J6 */ 'department',
  /** J6 */ 'order',
  'done',
] as const;
export type GuideStep = (typeof guideSteps)[number];

/** What a contact came to, as the last page of the guide says it. */
export const guideOutcomes = [
  ...(['to-senior', 'to-manager', 'declined', 'answered', 'order-to-audit', 'order-sent', 'submitted'] as const),
  ...(['differs', 'handled', 'dissatisfied', 'overdue', 'progress', 'final'] as const),
  ...(['added', 'added-to-senior', 'follow-up-to-audit', 'follow-up-sent'] as const),
  ...(['suggestion-recorded', 'suggestion-counted'] as const),
] as const;
export type GuideOutcome = (typeof guideOutcomes)[number];

export interface FormName {
  readonly id: string;
  readonly number: string;
}

/** What was answered so far, as far as later questions turn on it. */
export interface GuideChoices {
  /** What the form is that the guide was begun on, as of a message that came in by itself; null: it is asked. */
  readonly given: 'complaint' | 'suggestion' | null;
  /** J1: a complaint follows the suggestion, and the two are linked. */
  readonly both: boolean;
  readonly again: 'repeat' | 'supplement' | null;
  /** The complaint of before that is repeated or added to. */
  readonly earlier: FormName | null;
  /** The suggestion of before that is counted. */
  readonly known: FormName | null;
  readonly reason: string | null;
  readonly department: string | null;
  /** The latest last. */
  readonly outcomes: readonly GuideOutcome[];
}

export const noChoices: GuideChoices = {
  given: null,
  both: false,
  again: null,
  earlier: null,
  known: null,
  reason: null,
  department: null,
  outcomes: [],
};

/** One question answered. */
export interface GuideTaken {
  readonly step: GuideStep;
  readonly words: AnswerWords;
  /** As they were when the question was asked. */
  readonly choices: GuideChoices;
  /** Answered by what the records say; the agent may go back to it all the same. */
  readonly byRecords: boolean;
  /** Something went to others with this answer: there is no way back over it. */
  readonly left: boolean;
}

export interface GuideState {
  readonly step: GuideStep;
  readonly choices: GuideChoices;
  readonly path: readonly GuideTaken[];
  /** Forms opened for this contact, of which going back takes nothing away. */
  readonly complaint: FormName | null;
  readonly suggestion: FormName | null;
}

/** What answers are given by: what the records and the screen say at this moment. */
export interface GuideFacts {
  /** J1, as the records rank the caller; null: they do not say. */
  readonly keyAccount: boolean | null;
  /** Complaints of this caller that are past their recording, the latest first. */
  readonly earlier: readonly Form[];
  /** J2: suggestions like the words in the box, the likest first. */
  readonly known: readonly FormName[];
  /** The draft of this contact that the question is about, with what is typed and not saved yet. */
  readonly draft: { readonly kind: FormKind; readonly fields: ComplaintFields } | null;
  /** In the box of the guide itself. */
  readonly words: string;
  /** Of whom the records or the line tell; empty: not yet known. */
  readonly caller: { readonly name: string; readonly number: string };
  readonly contactId: string | null;
  /** Whether there is somebody on the line who could be put through. */
  readonly inCall: boolean;
  /** Whether the agent sends orders without another's audit: a senior, the manager hotline. */
  readonly sends: boolean;
  readonly rules: ProcedureRules;
  /** The server's time. */
  readonly now: number;
}

/** An action on a form that the one who carries it out names. */
export type Unaddressed<Action extends FormAction = FormAction> = Action extends FormAction
  ? Omit<Action, 'form'>
  : never;

type Followed = Extract<FormAction, { kind: 'form.order' }>['payload'];

/** What an answer asks to be done, in this order; `on` says to which form of the guide. */
export type GuideEffect =
  /** Opens a form for this contact, where it has none that is being recorded. */
  | { readonly does: 'open'; readonly kind: 'complaint' | 'suggestion' }
  | { readonly does: 'show'; readonly form: string }
  | { readonly does: 'fill'; readonly on: GuidedForm; readonly fields: Partial<ComplaintFields> }
  | { readonly does: 'perform'; readonly on: GuidedForm; readonly action: Unaddressed }
  /** A `form.order` whose id is yet to be made. */
  | { readonly does: 'order'; readonly on: GuidedForm; readonly order: Omit<Followed, 'order'> }
  /** J1: both forms of the contact name each other. */
  | { readonly does: 'link' }
  /** Hands the form over, and puts the caller through with it where there is one. */
  | {
      readonly does: 'transfer';
      readonly on: GuidedForm;
      readonly to: 'senior' | 'manager';
      readonly cause: HandOverCause;
      readonly text: string;
    };

/** `complaint`, `suggestion`: opened in this contact; `earlier`, `known`: of before. */
export type GuidedForm = 'complaint' | 'suggestion' | 'earlier' | 'known';

/** How an answer is put into words: by its name, and by what it is about. */
export type AnswerWords =
  | { readonly say: AnswerName }
  | { readonly say: 'reason' | 'department'; readonly code: string }
  | { readonly say: 'form' | 'known-form'; readonly number: string };

export const answerNames = [
  ...(['key-account', 'not-key-account', 'complaint', 'suggestion', 'both', 'new-suggestion', 'submit'] as const),
  ...(['reasonable', 'not-reasonable', 'accepted', 'not-accepted', 'repeat', 'supplement', 'new'] as const),
  ...(['come-again', 'satisfied', 'dissatisfied', 'settled', 'chase', 'return', 'senior', 'manager'] as const),
  ...(['product-quality', 'staff-conduct', 'billing-tariff', 'other'] as const),
  ...(['on-the-spot', 'dispatch', 'said', 'send', 'another'] as const),
] as const;
export type AnswerName = (typeof answerNames)[number];
