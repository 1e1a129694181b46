import type { Form } from '../../../domain/forms/form.ts';
import type { FormAction } from '../../../domain/forms/operations.ts';
import {
  attitudes,
  callBackOutcomes,
  handOverCauses,
  suggestionEnds,
  supplementNeeds,
} from '../../../domain/forms/procedure/procedure.ts';
import { isEnded } from '../../../domain/forms/procedure/repeat.ts';
import type { AssessDraft, BoxDraft } from './box-draft.ts';
import type { Box } from './boxes.ts';

/** What of a box is still to be filled; named as the box names it. */
export type Gap = 'choice' | 'text' | 'reason' | 'department' | 'into' | 'agent' | 'clause';

interface Asked {
  readonly form: Form;
  readonly draft: BoxDraft;
  /** Of the call the agent is in. */
  readonly contactId: string | null;
}

type Answer = { readonly action: FormAction } | { readonly gaps: readonly Gap[] };

/** The operation that a box stands for as it is filled, or what it lacks. */
export const actionOf = ({ name, about }: Box, { form: { id: form, procedure }, draft, contactId }: Asked): Answer => {
  const text = draft.text.trim();
  const reason = draft.reason.trim();
  const { department } = draft;
  const order = about ?? '';
  const gaps = (...given: readonly (readonly [Gap, unknown])[]) => ({
    gaps: given.flatMap(([gap, value]) => (value ? [] : [gap])),
  });
  const act = (action: FormAction): Answer => ({ action });
  switch (name) {
    case 'answer':
      return text ? act({ form, kind: 'form.answer', payload: { text } }) : gaps(['text', text]);
    case 'decline':
      return draft.choice
        ? act({ form, kind: 'form.decline', payload: { reason: draft.choice, text } })
        : gaps(['choice', draft.choice]);
    case 'hand-to-senior':
    case 'hand-to-manager': {
      const cause = handOverCauses.find((one) => one === draft.choice);
      const to = name === 'hand-to-senior' ? 'senior' : 'manager';
      return cause ? act({ form, kind: 'form.hand-over', payload: { to, cause, text } }) : gaps(['choice', cause]);
    }
    case 'propose':
    case 'dispatch':
      return text && department
        ? act({
            form,
            kind: 'form.order',
            payload: { order: draft.id, type: 'dispatch', department, text, follows: null },
          })
        : gaps(['department', department], ['text', text]);
    case 'chase':
    case 'return':
      // Goes to the department that the order it follows is at; the one named is not asked for.
      return text
        ? act({ form, kind: 'form.order', payload: { order: draft.id, type: name, department, text, follows: order } })
        : gaps(['text', text]);
    case 'audit':
      return audit(form, order, draft, gaps);
    case 'answer-order':
    case 'question-order':
    case 'reply-question':
      return text ? act({ form, kind: `form.${name}`, payload: { order, text } }) : gaps(['text', text]);
    case 'refuse-order':
    case 'pause':
      return reason ? act({ form, kind: `form.${name}`, payload: { order, reason } }) : gaps(['reason', reason]);
    case 'hand-on-order':
      return reason && department
        ? act({ form, kind: 'form.hand-on-order', payload: { order, department, reason } })
        : gaps(['department', department], ['reason', reason]);
    case 'check-reply':
      if (draft.choice === 'accept')
        return act({ form, kind: 'form.check-reply', payload: { order, verdict: 'accept' } });
      return draft.choice === 'send-back' && reason
        ? act({ form, kind: 'form.check-reply', payload: { order, verdict: 'send-back', reason } })
        : gaps(['choice', draft.choice], ['reason', draft.choice === '' || reason]);
    case 'resume':
      return act({ form, kind: 'form.resume', payload: { order } });
    case 'decide': {
      const end = (['answered', 'declined'] as const).find((one) => one === draft.choice);
      return end && text
        ? act({ form, kind: 'form.decide', payload: { end, text } })
        : gaps(['choice', end], ['text', text]);
    }
    case 'repeat': {
      const attitude = attitudes.find((one) => one === draft.choice) ?? null;
      return attitude || !isEnded(procedure)
        ? act({ form, kind: 'form.repeat', payload: { attitude, contactId } })
        : gaps(['choice', attitude]);
    }
    case 'supplement': {
      const needs = supplementNeeds.find((one) => one === draft.choice);
      return needs && text
        ? act({ form, kind: 'form.supplement', payload: { text, needs, contactId } })
        : gaps(['choice', needs], ['text', text]);
    }
    case 'settle-supplement':
      return act({ form, kind: 'form.settle-supplement', payload: { supplement: order } });
    case 'call-back': {
      const outcome = callBackOutcomes.find((one) => one === draft.choice);
      return outcome
        ? act({ form, kind: 'form.call-back', payload: { outcome, source: 'agent', text } })
        : gaps(['choice', outcome]);
    }
    case 'assess':
      return draft.assess ? assessment(form, draft.id, draft.assess) : { gaps: ['agent'] };
    case 'answer-assessment':
      return text ? act({ form, kind: 'form.answer-assessment', payload: { id: order, text } }) : gaps(['text', text]);
    case 'count': {
      const { callerName, contactNumber } = draft;
      return act({ form, kind: 'form.count', payload: { callerName, contactNumber, text, contactId } });
    }
    case 'merge':
      return draft.into
        ? act({ form, kind: 'form.merge', payload: { into: draft.into.form, number: draft.into.number } })
        : { gaps: ['into'] };
    case 'split':
      return act({ form, kind: 'form.split', payload: {} });
    case 'settle-suggestion': {
      const end = suggestionEnds.find((one) => one === draft.choice);
      return end && text
        ? act({ form, kind: 'form.settle-suggestion', payload: { end, text } })
        : gaps(['choice', end], ['text', text]);
    }
    default:
      return name satisfies never;
  }
};

const audit = (
  form: string,
  order: string,
  draft: BoxDraft,
  gaps: (...given: readonly (readonly [Gap, unknown])[]) => Answer,
): Answer => {
  const kind = 'form.audit-order';
  const { choice, department } = draft;
  const text = draft.text.trim();
  const reason = draft.reason.trim();
  if (choice === 'approve') return { action: { form, kind, payload: { order, verdict: 'approve' } } };
  if (choice === 'refuse' && reason) return { action: { form, kind, payload: { order, verdict: 'refuse', reason } } };
  if (choice === 'change' && reason && text && department)
    return { action: { form, kind, payload: { order, verdict: 'change', department, text, reason } } };
  const changes = choice === 'change';
  return gaps(
    ['choice', choice],
    ['department', !changes || department],
    ['text', !changes || text],
    ['reason', choice === '' || reason],
  );
};

/** S2: nothing weighs against the agent of a hard case. */
export const assessment = (form: string, id: string, { agent, finding, clause, weight, text }: AssessDraft): Answer => {
  const hard = finding === 'hard-case';
  if (!agent || (!hard && !clause)) return { gaps: agent ? ['clause'] : ['agent'] };
  const held = hard ? { clause: '', weight: 0 } : { clause, weight };
  return { action: { form, kind: 'form.assess', payload: { id, agent, finding, ...held, text: text.trim() } } };
};
