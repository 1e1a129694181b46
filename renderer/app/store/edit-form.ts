import type { FormView } from '../../../contract/ipc.ts';
import type { ComplaintFields } from '../../../domain/forms/complaint.ts';
import type { Form } from '../../../domain/forms/form.ts';
import { type FormKind, missingToSubmit } from '../../../domain/forms/form-kind.ts';
import type { FormAction } from '../../../domain/forms/operations.ts';
import { ok, type Result, refused } from '../../../domain/result.ts';
import { nextEdit } from '../../desk/forms/form-diff.ts';
import { contactMet, formMade, waitingFormSeen } from './contacts-slice.ts';
import {
  type FormFailure,
  failurePutAway,
  formShown,
  missingShown,
  savingBegun,
  savingDone,
  savingRefused,
  viewGone,
  viewTaken,
} from './editor-slice.ts';
import { readFormList } from './form-list-slice.ts';
import type { DeskThunk } from './store.ts';

/** Takes the form in anew from main. */
export const readForm =
  (form: string): DeskThunk =>
  async (dispatch, _getState, { bridge }) => {
    const view = await bridge.request('form.read', { form });
    dispatch(view ? viewTaken(view) : viewGone(form));
  };

export const showForm =
  (form: string): DeskThunk =>
  async (dispatch, getState) => {
    const before = getState().editor.openForm;
    if (before && before !== form) void dispatch(saveForm(before));
    await dispatch(readForm(form));
    dispatch(waitingFormSeen(form));
    dispatch(formShown(form));
  };

/** Asks main for one operation and takes in the form as it then is. */
export const performOnForm =
  (action: FormAction): DeskThunk<Promise<Result<FormView, FormFailure>>> =>
  async (dispatch, _getState, { bridge }) => {
    try {
      const answer = await bridge.request('form.perform', action);
      if (!answer.ok) return answer;
      dispatch(viewTaken(answer.value));
      return ok(answer.value);
    } catch {
      return refused({ code: 'unanswered' });
    }
  };

/** Resolves once all that is typed and can be written is with main, or was refused. */
export const saveForm =
  (form: string): DeskThunk =>
  (dispatch, _getState, { saving }) => {
    const underWay = saving.get(form);
    if (underWay) return underWay;
    const save = dispatch(sendTyped(form)).finally(() => saving.delete(form));
    saving.set(form, save);
    return save;
  };

/**
 * Sends what is typed and can be written, one edit at a time, until nothing is left. A refused edit
 * stays typed; the form is read anew so that the screen can show both.
 */
const sendTyped =
  (form: string): DeskThunk =>
  async (dispatch, getState) => {
    const pendingEdit = () => {
      const { views, drafts } = getState().editor;
      const view = views[form];
      const draft = drafts[form];
      return view && draft ? nextEdit(view.form.fields, draft) : null;
    };
    for (let edit = pendingEdit(); edit; edit = pendingEdit()) {
      dispatch(savingBegun({ form, sending: edit.to }));
      const answer = await dispatch(performOnForm({ form, kind: 'form.edit', payload: edit }));
      if (!answer.ok) {
        dispatch(savingRefused({ form, failure: answer.error }));
        if (answer.error.code === 'fields-changed-meanwhile') await dispatch(readForm(form));
        return;
      }
      dispatch(savingDone({ form }));
    }
  };

/** Saves every form that has words main does not have yet. */
export const saveAllForms = (): DeskThunk => async (dispatch, getState) => {
  await Promise.all(Object.keys(getState().editor.drafts).map((form) => dispatch(saveForm(form))));
};

/** Saves, then submits; where fields are missing they are named and nothing is sent. */
export const submitForm =
  (form: string): DeskThunk =>
  async (dispatch, getState) => {
    await dispatch(saveForm(form));
    const view = getState().editor.views[form];
    if (!view || Object.keys(getState().editor.drafts[form]?.typed ?? {}).length > 0) return;
    const missing = missingToSubmit(view.form);
    dispatch(missingShown(missing));
    if (missing.length > 0) return;
    const answer = await dispatch(performOnForm({ form, kind: 'form.submit', payload: {} }));
    if (answer.ok) dispatch(failurePutAway(form));
    else dispatch(savingRefused({ form, failure: answer.error }));
  };

/** Opens a new form and shows it; in a call it belongs to that call. Null where it was not made. */
export const openForm =
  (
    fields: Partial<ComplaintFields>,
    contactId: string | null,
    { show = true, kind = 'complaint' }: { readonly show?: boolean; readonly kind?: FormKind } = {},
  ): DeskThunk<Promise<Form | null>> =>
  async (dispatch, getState, { bridge }) => {
    const before = getState().editor.openForm;
    if (show && before) void dispatch(saveForm(before));
    const answer = await bridge.request('form.open', { kind, fields });
    if (!answer.ok) return null;
    const { form } = answer.value;
    dispatch(viewTaken(answer.value));
    if (contactId) {
      dispatch(contactMet(contactId));
      dispatch(formMade({ contactId, form: form.id, number: form.number, shown: show }));
    }
    if (show) dispatch(formShown(form.id));
    void dispatch(readFormList());
    return form;
  };
