import type { AttentionCard } from '../../../contract/ipc.ts';
import type { Form } from '../../../domain/forms/form.ts';
import { type FormAction, formAction } from '../../../domain/forms/operations.ts';
import { type Result, refused } from '../../../domain/result.ts';
import { readAttention } from './attention-slice.ts';
import { performOnForm, readForm } from './edit-form.ts';
import type { FormFailure } from './editor-slice.ts';
import type { DeskThunk } from './store.ts';

/** What a refused operation asked for, or null where it cannot be asked again. */
export const actionOfCard = (card: AttentionCard): FormAction | null => {
  const parsed = formAction.safeParse({ form: card.form, kind: card.kind, payload: card.payload });
  return parsed.success ? parsed.data : null;
};

export const dismissCard =
  (card: AttentionCard): DeskThunk =>
  async (dispatch, _getState, { bridge }) => {
    await bridge.request('attention.settle', { operation: card.id, how: 'dismiss' });
    await Promise.all([dispatch(readAttention()), dispatch(readForm(card.form))]);
  };

/** Asks for the same again over what stands now; the card goes once that is accepted. */
export const writeAgain =
  (card: AttentionCard): DeskThunk<Promise<Result<unknown, FormFailure>>> =>
  async (dispatch, getState) => {
    const action = actionOfCard(card);
    if (!action) return refused({ code: 'unreadable' });
    await dispatch(readForm(card.form));
    const standing = getState().editor.views[card.form]?.form;
    if (!standing) return refused({ code: 'no-such-form' });
    const answer = await dispatch(performOnForm(onWhatStands(action, standing)));
    if (answer.ok) await dispatch(dismissCard(card));
    return answer;
  };

/** The same action as one who has seen the form as it is now would ask for it. */
const onWhatStands = (action: FormAction, standing: Form): FormAction => {
  switch (action.kind) {
    case 'form.edit': {
      const { to } = action.payload;
      const from = Object.fromEntries(Object.entries(standing.fields).filter(([name]) => name in to));
      return { ...action, payload: { from, to } };
    }
    case 'form.transcribe':
      return { ...action, payload: { from: standing.transcript, to: action.payload.to } };
    default:
      return action;
  }
};
