import type { ComplaintField } from '../complaint.ts';
import type {
  AnswerWords,
  FormName,
  GuideChoices,
  GuidedForm,
  GuideEffect,
  GuideFacts,
  GuideOutcome,
  GuideStep,
  Unaddressed,
} from './guide-state.ts';
import type { HandOverCause } from './procedure.ts';

/** Why an answer cannot be given yet. */
export type GuideHindrance =
  /** J6: not recorded in full. */
  | { readonly why: 'fields-missing'; readonly fields: readonly ComplaintField[] }
  /** Nothing stands in the box. */
  | { readonly why: 'no-words' }
  /** No complaint of before is known that could be repeated or added to. */
  | { readonly why: 'no-earlier' }
  /** The draft has gone on by another way, or is none of this contact's. */
  | { readonly why: 'no-draft' };

/** One answer to the guide's question, and all that follows from it. */
export interface GuideAnswer {
  readonly words: AnswerWords;
  readonly to: GuideStep;
  readonly choose: Partial<GuideChoices>;
  readonly effects: readonly GuideEffect[];
  /** What the contact comes to by it, said before the agent confirms; null: more is asked first. */
  readonly outcome: GuideOutcome | null;
  readonly hindrance: GuideHindrance | null;
}

/** A question of the guide. */
export interface GuidePage {
  /** Of the spec. */
  readonly clause: string;
  /** Whether it has a box of its own to write in, and where the focus is wanted. */
  readonly box: boolean;
  readonly focus: 'box' | 'record' | 'none';
  readonly answers: (choices: GuideChoices, facts: GuideFacts) => readonly GuideAnswer[];
  /** What stands in the box to begin with. */
  readonly prefill?: (choices: GuideChoices, facts: GuideFacts) => string;
}

export const answer = (words: AnswerWords, to: GuideStep, more: Partial<GuideAnswer> = {}): GuideAnswer => ({
  words,
  to,
  choose: {},
  effects: [],
  outcome: null,
  hindrance: null,
  ...more,
});

/** Names an answer among those of its question. */
export const answerId = ({ words }: Pick<GuideAnswer, 'words'>): string =>
  'code' in words ? words.code : 'number' in words ? words.number : words.say;

export const open = (kind: 'complaint' | 'suggestion'): GuideEffect => ({ does: 'open', kind });

export const perform = (on: GuidedForm, action: Unaddressed): GuideEffect => ({ does: 'perform', on, action });

export const transfer = (
  on: GuidedForm,
  to: 'senior' | 'manager',
  cause: HandOverCause,
  text: string,
): GuideEffect => ({ does: 'transfer', on, to, cause, text });

/** The last effects on the complaint of a contact that has a suggestion too (J1). */
export const linked = ({ both }: GuideChoices, effects: readonly GuideEffect[]): readonly GuideEffect[] =>
  both ? [{ does: 'link' }, ...effects] : effects;

export const nameOf = ({ id, number }: FormName): FormName => ({ id, number });

/** Whether something went to others with these effects; a draft that is opened and written stays the agent's. */
export const leavesTheDesk = (effects: readonly GuideEffect[]): boolean =>
  effects.some(({ does }) => does === 'perform' || does === 'order' || does === 'link' || does === 'transfer');
