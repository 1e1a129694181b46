import type { RequestInput, RequestOutput } from '../../../contract/ipc.ts';
import { saveForm } from './edit-form.ts';
import type { DeskThunk } from './store.ts';

type Asked = RequestInput<'form.print'>;
type Answer = RequestOutput<'form.print'>;

/** What is typed is saved first: the paper says what the screen says. */
export const printPaper =
  (asked: Asked): DeskThunk<Promise<Answer>> =>
  async (dispatch, _getState, { bridge }) => {
    await dispatch(saveForm(asked.form));
    return bridge.request('form.print', asked);
  };

export const savePdf =
  (asked: Asked): DeskThunk<Promise<Answer>> =>
  async (dispatch, _getState, { bridge }) => {
    await dispatch(saveForm(asked.form));
    return bridge.request('form.save-pdf', asked);
  };

/** The list as it is searched and filtered, all pages of it. */
export const exportList =
  (): DeskThunk<Promise<Answer>> =>
  (_dispatch, getState, { bridge }) => {
    const { search, status } = getState().formList;
    return bridge.request('form.export', { search, status });
  };
