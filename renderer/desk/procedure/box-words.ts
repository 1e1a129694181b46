import type { TFunction } from 'i18next';
import type { Language } from '../../../domain/access/language.ts';
import { handOverCauses } from '../../../domain/forms/procedure/procedure.ts';
import type { ProcedureRules } from '../../../domain/forms/procedure/procedure-rules.ts';
import type { Box, BoxName } from './boxes.ts';

interface Spoken {
  readonly t: TFunction;
  readonly language: Language;
  readonly rules: ProcedureRules;
}

const choices = [
  ...(['approve', 'change', 'refuse', 'accept', 'send-back', 'answered', 'declined', 'satisfied'] as const),
  ...(['dissatisfied', 'unreachable', 'nothing', 'order', 'senior', 'adopted', 'noted', 'not-adopted'] as const),
];

const choosing = [
  ...(['audit', 'check-reply', 'decide', 'repeat', 'supplement', 'call-back', 'settle-suggestion'] as const),
  ...(['decline', 'hand-to-senior', 'hand-to-manager'] as const),
] as const satisfies readonly BoxName[];

const hinted = [
  ...(['answer', 'decline', 'hand-to-senior', 'hand-to-manager', 'propose', 'dispatch', 'chase', 'return'] as const),
  ...(['audit', 'answer-order', 'question-order', 'reply-question', 'refuse-order', 'hand-on-order'] as const),
  ...(['check-reply', 'pause', 'decide', 'supplement', 'call-back', 'assess', 'answer-assessment'] as const),
  ...(['count', 'settle-suggestion'] as const),
] as const satisfies readonly BoxName[];

/** What a choice is about. */
export const choiceLabel = ({ t }: Pick<Spoken, 't'>, { name }: Box): string => {
  const one = choosing.find((box) => box === name);
  return one ? t(`choiceOf.${one}`) : '';
};

/** A choice as agents read it: the centre's own lists in the words of the centre. */
export const choiceText = ({ t, language, rules }: Spoken, { name }: Box, choice: string): string => {
  if (name === 'decline') return rules.declineReasons.find(({ code }) => code === choice)?.[language] ?? choice;
  const cause = handOverCauses.find((one) => one === choice);
  if (cause && (name === 'hand-to-senior' || name === 'hand-to-manager')) return t(`cause.${cause}`);
  const known = choices.find((one) => one === choice);
  return known ? t(`choice.${known}`) : choice;
};

/** What is to be written in a box. */
export const hintText = ({ t }: Pick<Spoken, 't'>, name: BoxName): string => {
  const one = hinted.find((box) => box === name);
  return one ? t(`boxHint.${one}`) : '';
};

export const departmentText = ({ language, rules }: Omit<Spoken, 't'>, code: string): string =>
  rules.departments.find((one) => one.code === code)?.[language] ?? code;

export const clauseText = ({ language, rules }: Omit<Spoken, 't'>, code: string): string =>
  rules.assessmentClauses.find((one) => one.code === code)?.[language] ?? code;

export const declineText = ({ language, rules }: Omit<Spoken, 't'>, code: string): string =>
  rules.declineReasons.find((one) => one.code === code)?.[language] ?? code;
