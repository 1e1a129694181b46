import type { CallView } from '../../../contract/phone.ts';
import { performOnForm, readForm } from './edit-form.ts';
import { failurePutAway, savingRefused } from './editor-slice.ts';
import type { DeskThunk } from './store.ts';

/** Shows all that is masked on a form, once the operation that says so is kept. */
export const unmaskForm =
  (form: string, reason: string): DeskThunk =>
  async (dispatch, getState) => {
    const fields = getState().editor.views[form]?.masked ?? [];
    if (fields.length === 0) return;
    const answer = await dispatch(performOnForm({ form, kind: 'form.unmask', payload: { fields, reason } }));
    if (answer.ok) dispatch(failurePutAway(form));
    else dispatch(savingRefused({ form, failure: answer.error }));
  };

const onTheLine = (calls: readonly CallView[]): string =>
  calls
    .flatMap(({ phase, answeredAt, contactId }) =>
      phase !== 'ended' && answeredAt !== null && contactId ? [contactId] : [],
    )
    .join();

/** Reads the form on the screen anew where a user came onto the line or left it: what of it is masked may have changed. */
export const lookAgain =
  (before: readonly CallView[], after: readonly CallView[]): DeskThunk =>
  async (dispatch, getState) => {
    const { openForm } = getState().editor;
    if (openForm && onTheLine(before) !== onTheLine(after)) await dispatch(readForm(openForm));
  };
