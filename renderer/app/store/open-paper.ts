import { faultShown } from './desk-slice.ts';
import { openForm } from './edit-form.ts';
import { sourceShown } from './source-slice.ts';
import type { DeskThunk } from './store.ts';

/** What comes to a clerk's desk by hand (A1). */
export const paperChannels = ['letter', 'fax', 'visit'] as const;
export type PaperChannel = (typeof paperChannels)[number];

/** Opens a form for a letter, a fax or a visitor, with the place for its scans beside it. */
export const openPaper =
  (channel: PaperChannel): DeskThunk =>
  async (dispatch, getState) => {
    if (!(await dispatch(openForm({ channel }, null)))) {
      dispatch(faultShown('call.formFailed'));
      return;
    }
    const form = getState().editor.openForm;
    if (form && channel !== 'visit') dispatch(sourceShown({ form, document: null }));
  };
