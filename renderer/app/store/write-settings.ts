import type { Settings } from '../../../contract/ipc.ts';
import { faultShown, settingsTaken } from './desk-slice.ts';
import type { DeskThunk } from './store.ts';

export const writeSettings =
  (changes: Partial<Settings>): DeskThunk =>
  async (dispatch, _getState, { bridge }) => {
    try {
      dispatch(settingsTaken(await bridge.request('settings.write', changes)));
    } catch {
      dispatch(faultShown('settings.failed'));
    }
  };
