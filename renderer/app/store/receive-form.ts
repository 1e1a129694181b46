import type { CallView } from '../../../contract/phone.ts';
import { stageTables } from '../../../domain/forms/procedure/stages.ts';
import { mayDo } from '../../../domain/people/roles.ts';
import { liveCalls } from '../../desk/call/calls.ts';
import { formMade } from './contacts-slice.ts';
import { performOnForm, readForm, showForm } from './edit-form.ts';
import type { DeskThunk } from './store.ts';
import { formTaken } from './transfer-slice.ts';

/** A call rings that brings its form: the form is shown before anybody answers, unless the agent is typing (M1). */
export const showArriving =
  (before: readonly CallView[], call: CallView): DeskThunk =>
  async (dispatch, getState, { isTyping }) => {
    const { form, contactId } = call;
    if (form === null || contactId === null || before.some((one) => one.id === call.id)) return;
    const shown = !isTyping();
    await dispatch(shown ? showForm(form) : readForm(form));
    if (getState().contacts[contactId]?.forms.includes(form)) return;
    const number = getState().editor.views[form]?.form.number ?? '';
    dispatch(formMade({ contactId, form, number, shown }));
  };

/**
 * Once a call that brought its form is answered, the form is this agent's (S1, M1); where it has not come to the desk
 * yet, as soon as it does.
 */
export const takeUpForms = (): DeskThunk => async (dispatch, getState) => {
  for (const { id, form, answeredAt } of liveCalls(getState().phone.snapshot.calls)) {
    if (form === null || answeredAt === null || getState().transfer.taken.includes(id)) continue;
    const standing = getState().editor.views[form]?.form;
    const person = getState().desk.session?.person;
    if (!standing || !person) continue;
    const take = stageTables[standing.kind][standing.procedure.stage]?.moves.take;
    // Its way to this role's desk may follow the call.
    if (!take || !mayDo(person.roles, take.right) || standing.procedure.holder !== null) continue;
    dispatch(formTaken(id));
    await dispatch(performOnForm({ form, kind: 'form.take', payload: {} }));
  }
};

/** Whether the form comes with a call that is here now. */
export const comesWithCall = (calls: readonly CallView[], form: string): boolean =>
  liveCalls(calls).some((call) => call.form === form);
