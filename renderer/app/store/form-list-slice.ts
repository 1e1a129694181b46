import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { FormSummary } from '../../../contract/ipc.ts';
import type { DeskThunk } from './store.ts';

export const pageSize = 30;

export interface FormListState {
  readonly search: string;
  readonly status: FormSummary['status'] | null;
  /** From 1. */
  readonly page: number;
  readonly forms: readonly FormSummary[];
  readonly total: number;
  /** Of what was searched there is more than `total`. */
  readonly more: boolean;
  readonly phase: 'first-read' | 'read' | 'failed';
}

const initialState: FormListState = {
  search: '',
  status: null,
  page: 1,
  forms: [],
  total: 0,
  more: false,
  phase: 'first-read',
};

export const formListSlice = createSlice({
  name: 'formList',
  initialState,
  reducers: {
    searchTyped: (state, action: PayloadAction<string>) => {
      state.search = action.payload.slice(0, 200);
      state.page = 1;
    },
    statusChosen: (state, action: PayloadAction<FormListState['status']>) => {
      state.status = action.payload;
      state.page = 1;
    },
    pageChosen: (state, action: PayloadAction<number>) => {
      state.page = action.payload;
    },
    listTaken: (state, action: PayloadAction<{ forms: FormSummary[]; total: number; more: boolean }>) => ({
      ...state,
      ...action.payload,
      phase: 'read' as const,
    }),
    listFailed: (state) => {
      state.phase = 'failed';
    },
  },
});

export const { searchTyped, statusChosen, pageChosen, listTaken, listFailed } = formListSlice.actions;

/** Reads the page on the screen anew; an answer to a question no longer asked is let go. */
export const readFormList =
  (): DeskThunk =>
  async (dispatch, getState, { bridge }) => {
    const { search, status, page } = getState().formList;
    const stillAsked = (): boolean => {
      const now = getState().formList;
      return now.search === search && now.status === status && now.page === page;
    };
    try {
      const answer = await bridge.request('form.list', {
        search,
        status,
        inbox: null,
        desk: null,
        part: null,
        limit: pageSize,
        offset: (page - 1) * pageSize,
      });
      if (stillAsked()) dispatch(listTaken(answer));
    } catch {
      if (stillAsked()) dispatch(listFailed());
    }
  };
