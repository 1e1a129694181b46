import { bookTry } from './call-back.ts';
import { saveAllForms } from './edit-form.ts';
import { saveAllTranscripts } from './save-transcript.ts';
import type { DeskThunk } from './store.ts';

/** Everything typed goes to main. */
export const saveAllTyped = (): DeskThunk => async (dispatch) => {
  await Promise.all([dispatch(saveAllForms()), dispatch(saveAllTranscripts())]);
};

/** Everything typed, and the outcome of a callback that nobody has confirmed: before the agent goes. */
export const saveBeforeLeaving = (): DeskThunk => async (dispatch, getState) => {
  await dispatch(bookTry(getState().callback.toBook?.outcome ?? null));
  await dispatch(saveAllTyped());
};
