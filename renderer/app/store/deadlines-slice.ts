import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { FormSummary } from '../../../contract/ipc.ts';
import type { DeskThunk } from './store.ts';

interface DeadlinesState {
  /** The first due; `total` may be more. */
  readonly forms: readonly FormSummary[];
  readonly total: number;
}

const initialState: DeadlinesState = { forms: [], total: 0 };

/** S4: deadlines that the one signed in has been told of. */
export const deadlinesSlice = createSlice({
  name: 'deadlines',
  initialState,
  reducers: {
    deadlinesTaken: (_state, action: PayloadAction<DeadlinesState>) => action.payload,
  },
});

const { deadlinesTaken } = deadlinesSlice.actions;

export const readDeadlines =
  (): DeskThunk =>
  async (dispatch, _getState, { bridge }) => {
    dispatch(deadlinesTaken(await bridge.request('deadline.list', undefined)));
  };
