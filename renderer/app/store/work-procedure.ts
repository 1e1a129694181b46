import type { FormAction } from '../../../domain/forms/operations.ts';
import { mainCall } from '../../desk/call/calls.ts';
import { actionOf } from '../../desk/procedure/actions-of.ts';
import { freshDraft } from '../../desk/procedure/box-draft.ts';
import { type Box, boxKey, isDoneAtOnce } from '../../desk/procedure/boxes.ts';
import { performOnForm, readForm, saveForm, showForm } from './edit-form.ts';
import { missingShown } from './editor-slice.ts';
import { readDeskCounts, readInbox, workRefused } from './inbox-slice.ts';
import { askingBegun, askingOver, boxDone, boxOpened } from './procedure-slice.ts';
import type { DeskState, DeskThunk } from './store.ts';

/** The call the agent is in, as what is written of its caller names it. */
const contactOf = ({ phone }: DeskState): string | null => {
  const call = mainCall(phone.snapshot.calls);
  return call?.direction === 'in' && call.answeredAt !== null ? call.contactId : null;
};

/** Opens a box on a form, with what was written in it before; what needs no word is done at once. */
export const openBox =
  (form: string, box: Box): DeskThunk =>
  async (dispatch, getState) => {
    const { editor, desk } = getState();
    const view = editor.views[form];
    if (!view) return;
    const draft = freshDraft(box, view.form, {
      id: crypto.randomUUID(),
      rules: desk.sync.procedureRules,
      me: desk.session?.person.staffNumber ?? '',
    });
    dispatch(boxOpened({ form, box, draft }));
    if (isDoneAtOnce(box)) await dispatch(confirmBox(form, box));
  };

/** Does one thing to a form; tells whether it was done. A refused one reads the form anew: it may have moved on. */
const ask =
  (action: FormAction): DeskThunk<Promise<boolean>> =>
  async (dispatch) => {
    const answer = await dispatch(performOnForm(action));
    dispatch(askingOver({ form: action.form, failure: answer.ok ? null : answer.error }));
    if (answer.ok) return true;
    if (answer.error.code === 'fields-missing') dispatch(missingShown(answer.error.fields));
    await dispatch(readForm(action.form));
    return false;
  };

/**
 * Does what the box says. What is typed on the form is saved first: it is part of what is handed over. With an audit
 * goes an assessment in the same go, in a box of its own that stays open where it alone is refused.
 */
export const confirmBox =
  (form: string, box: Box): DeskThunk =>
  async (dispatch, getState) => {
    const { editor, procedure } = getState();
    const view = editor.views[form];
    const draft = procedure.drafts[boxKey(form, box)];
    if (!view || !draft || procedure.busy.includes(form)) return;
    const answer = actionOf(box, { form: view.form, draft, contactId: contactOf(getState()) });
    if ('gaps' in answer) return;
    dispatch(askingBegun(form));
    await dispatch(saveForm(form));
    if (!(await dispatch(ask(answer.action)))) return;
    dispatch(boxDone({ form, box }));
    if (box.name === 'assess' || !draft.assess) return;
    const then: Box = { name: 'assess', about: null };
    dispatch(boxOpened({ form, box: then, draft }));
    await dispatch(confirmBox(form, then));
  };

const holding =
  (form: string, kind: 'form.take' | 'form.put-back'): DeskThunk<Promise<boolean>> =>
  async (dispatch, getState) => {
    dispatch(workRefused(null));
    if (kind === 'form.put-back') await dispatch(saveForm(form));
    const answer = await dispatch(performOnForm({ form, kind, payload: {} }));
    if (!answer.ok) {
      await dispatch(readForm(form));
      const number = getState().editor.views[form]?.form.number ?? '';
      dispatch(workRefused({ number, failure: answer.error }));
    }
    await Promise.all([dispatch(readInbox()), dispatch(readDeskCounts())]);
    return answer.ok;
  };

/** Takes a form up at its desk and shows it; where another has it, says who. */
export const takeForm =
  (form: string): DeskThunk =>
  async (dispatch) => {
    if (await dispatch(holding(form, 'form.take'))) await dispatch(showForm(form));
  };

export const putFormBack =
  (form: string): DeskThunk =>
  async (dispatch) => {
    await dispatch(holding(form, 'form.put-back'));
  };
