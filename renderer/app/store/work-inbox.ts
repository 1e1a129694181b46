import type { FormAction } from '../../../domain/forms/operations.ts';
import type { Result } from '../../../domain/result.ts';
import { performOnForm, readForm, saveForm, showForm } from './edit-form.ts';
import type { FormFailure } from './editor-slice.ts';
import { readInbox, readInboxCounts, workRefused } from './inbox-slice.ts';
import { saveTranscript } from './save-transcript.ts';
import { sourcePutAway, sourceShown } from './source-slice.ts';
import type { DeskThunk } from './store.ts';

type WorkAction = Extract<FormAction, { kind: 'form.claim' | 'form.release' | 'form.set-aside' }>;

/** Shows a form with what it came from beside it. */
export const openEntry =
  (form: string): DeskThunk =>
  async (dispatch) => {
    await dispatch(showForm(form));
    dispatch(sourceShown({ form, document: null }));
  };

const move =
  (action: WorkAction): DeskThunk<Promise<Result<unknown, FormFailure>>> =>
  async (dispatch, getState) => {
    dispatch(workRefused(null));
    const answer = await dispatch(performOnForm(action));
    if (!answer.ok) {
      await dispatch(readForm(action.form));
      const number = getState().editor.views[action.form]?.form.number ?? '';
      dispatch(workRefused({ number, failure: answer.error }));
    }
    await Promise.all([dispatch(readInbox()), dispatch(readInboxCounts())]);
    return answer;
  };

/** Claims a form and shows it; where another has it, says who. */
export const claimForm =
  (form: string): DeskThunk =>
  async (dispatch) => {
    const answer = await dispatch(move({ form, kind: 'form.claim', payload: {} }));
    if (answer.ok) await dispatch(openEntry(form));
  };

/** What is typed is saved first: it belongs to whoever claims the form next. */
const saveAll =
  (form: string): DeskThunk =>
  async (dispatch) => {
    await Promise.all([dispatch(saveForm(form)), dispatch(saveTranscript(form))]);
  };

export const releaseForm =
  (form: string): DeskThunk =>
  async (dispatch) => {
    await dispatch(saveAll(form));
    const answer = await dispatch(move({ form, kind: 'form.release', payload: {} }));
    if (answer.ok) dispatch(sourcePutAway());
  };

export const setFormAside =
  (form: string, reason: string): DeskThunk<Promise<boolean>> =>
  async (dispatch) => {
    await dispatch(saveAll(form));
    const answer = await dispatch(move({ form, kind: 'form.set-aside', payload: { reason } }));
    if (answer.ok) dispatch(sourcePutAway());
    return answer.ok;
  };
