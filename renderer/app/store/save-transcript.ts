import { performOnForm, readForm } from './edit-form.ts';
import type { DeskThunk } from './store.ts';
import { transcriptRefused, transcriptSaved } from './transcript-slice.ts';

/** Resolves once what is typed of this message is with main, or was refused; refused words stay typed. */
export const saveTranscript =
  (form: string): DeskThunk =>
  (dispatch, _getState, { saving }) => {
    const key = `transcript ${form}`;
    const underWay = saving.get(key);
    if (underWay) return underWay;
    const save = dispatch(sendTyped(form)).finally(() => saving.delete(key));
    saving.set(key, save);
    return save;
  };

const sendTyped =
  (form: string): DeskThunk =>
  async (dispatch, getState) => {
    const draftNow = () => getState().transcripts.drafts[form];
    for (let draft = draftNow(); draft; draft = draftNow()) {
      const { seen, typed } = draft;
      if (seen !== typed) {
        const answer = await dispatch(
          performOnForm({ form, kind: 'form.transcribe', payload: { from: seen, to: typed } }),
        );
        if (!answer.ok) {
          dispatch(transcriptRefused({ form, failure: answer.error }));
          await dispatch(readForm(form));
          return;
        }
      }
      dispatch(transcriptSaved({ form, sent: typed }));
    }
  };

export const saveAllTranscripts = (): DeskThunk => async (dispatch, getState) => {
  await Promise.all(Object.keys(getState().transcripts.drafts).map((form) => dispatch(saveTranscript(form))));
};
