import type { Form } from '../../../domain/forms/form.ts';
import { handOverCausesAt } from '../../../domain/forms/procedure/hand-over-causes.ts';
import {
  type assessmentFindings,
  attitudes,
  callBackOutcomes,
  suggestionEnds,
  supplementNeeds,
} from '../../../domain/forms/procedure/procedure.ts';
import type { ProcedureRules } from '../../../domain/forms/procedure/procedure-rules.ts';
import { isEnded } from '../../../domain/forms/procedure/repeat.ts';
import { assessable } from '../../../domain/forms/procedure/what-may-be-done.ts';
import type { Box } from './boxes.ts';

export type Finding = (typeof assessmentFindings)[number];

/** S2: an assessment as it is being written. */
export interface AssessDraft {
  readonly agent: string;
  readonly finding: Finding;
  readonly clause: string;
  readonly weight: number;
  readonly text: string;
}

/** What is written in a box, kept until it is done. */
export interface BoxDraft {
  /** Made with the draft, so that a repeat of what was not answered is known as one. */
  readonly id: string;
  /** Of `choicesOf`; empty: none made. */
  readonly choice: string;
  readonly text: string;
  readonly reason: string;
  readonly department: string;
  readonly callerName: string;
  readonly contactNumber: string;
  readonly into: { readonly form: string; readonly number: string } | null;
  readonly assess: AssessDraft | null;
}

/** The settled choice that a box asks for, in the order shown; none: it asks for none. */
export const choicesOf = ({ name }: Box, form: Form, rules: ProcedureRules): readonly string[] => {
  switch (name) {
    case 'audit':
      return ['approve', 'change', 'refuse'];
    case 'check-reply':
      return ['accept', 'send-back'];
    case 'decide':
      return ['answered', 'declined'];
    case 'repeat':
      // J4: of what is not done yet there is no attitude to ask for.
      return isEnded(form.procedure) ? attitudes : [];
    case 'supplement':
      return supplementNeeds;
    case 'call-back':
      return callBackOutcomes;
    case 'settle-suggestion':
      return suggestionEnds;
    case 'decline':
      return rules.declineReasons.map(({ code }) => code);
    case 'hand-to-senior':
      return handOverCausesAt(form.procedure.stage, 'senior');
    case 'hand-to-manager':
      return handOverCausesAt(form.procedure.stage, 'manager');
    default:
      return [];
  }
};

export type TextNeed = 'needed' | 'optional' | 'none';

/** What a box asks to be written, as far as its choice is made. */
export const fieldsOf = (
  { name, about }: Box,
  { choice }: BoxDraft,
  form: Form,
): { readonly text: TextNeed; readonly reason: boolean; readonly department: boolean; readonly assess: boolean } => {
  const none = { text: 'none', reason: false, department: false, assess: false } as const;
  switch (name) {
    case 'audit': {
      const follows = form.procedure.orders.find(({ id }) => id === about)?.follows ?? null;
      const changed = { ...none, text: 'needed', reason: true, department: follows === null } as const;
      return { ...(choice === 'change' ? changed : { ...none, reason: choice === 'refuse' }), assess: true };
    }
    case 'check-reply':
      return { ...none, reason: choice === 'send-back' };
    case 'propose':
    case 'dispatch':
      return { ...none, text: 'needed', department: true };
    case 'hand-on-order':
      return { ...none, reason: true, department: true };
    case 'pause':
    case 'refuse-order':
      return { ...none, reason: true };
    case 'decline':
    case 'hand-to-senior':
    case 'hand-to-manager':
    case 'call-back':
    case 'count':
      return { ...none, text: 'optional' };
    case 'repeat':
    case 'merge':
    case 'assess':
    case 'resume':
    case 'split':
    case 'settle-supplement':
      return none;
    default:
      return { ...none, text: 'needed' };
  }
};

/** An assessment as it is first opened, of whoever has worked on the form last. */
export const freshAssessment = (form: Form, assessor: string): AssessDraft => ({
  agent: assessable(form, assessor)[0] ?? '',
  finding: 'mistake',
  clause: '',
  weight: 0,
  text: '',
});

/** A box as it is first opened. A choice with a usual answer has it made; a verdict is the agent's to give. */
export const freshDraft = (
  box: Box,
  form: Form,
  parts: { readonly id: string; readonly rules: ProcedureRules; readonly me: string },
): BoxDraft => {
  const { name, about } = box;
  const order = form.procedure.orders.find(({ id }) => id === about);
  const usual = name === 'hand-to-senior' || name === 'hand-to-manager' || name === 'supplement';
  const { callerName, contactNumber } = form.fields;
  return {
    id: parts.id,
    choice: usual ? (choicesOf(box, form, parts.rules)[0] ?? '') : '',
    text: name === 'audit' ? (order?.text ?? '') : '',
    reason: '',
    department: name === 'hand-on-order' ? '' : (order?.department ?? ''),
    ...(name === 'count' ? { callerName: '', contactNumber: '' } : { callerName, contactNumber }),
    into: null,
    assess: name === 'assess' ? freshAssessment(form, parts.me) : null,
  };
};
