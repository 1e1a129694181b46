import { saveBeforeLeaving } from './save-all.ts';
import type { DeskThunk } from './store.ts';

/** Saves what is typed, then ends the session; main's word that it ended brings the log-in back. */
export const signOut =
  (): DeskThunk =>
  async (dispatch, _getState, { bridge }) => {
    await dispatch(saveBeforeLeaving());
    await bridge.request('session.sign-out', undefined);
  };
