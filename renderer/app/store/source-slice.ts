import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { FormView } from '../../../contract/ipc.ts';
import type { DeskState } from './store.ts';

export interface SourceState {
  /** The form whose source stands beside it, in the place of the list; null: the list stands there. */
  readonly form: string | null;
  /** The attachment looked at; null: the first there is to look at. */
  readonly document: string | null;
}

const initialState: SourceState = { form: null, document: null };

/** What a form came from (a message, a mail, scans), shown beside it. */
export const sourceSlice = createSlice({
  name: 'source',
  initialState,
  reducers: {
    sourceShown: (_state, action: PayloadAction<{ form: string; document: string | null }>) => action.payload,
    sourcePutAway: () => initialState,
  },
});

export const { sourceShown, sourcePutAway } = sourceSlice.actions;

/** The form on the screen, where what it came from is to stand beside it. */
export const shownSource = ({ source, editor }: DeskState): FormView | null =>
  source.form !== null && source.form === editor.openForm ? (editor.views[source.form] ?? null) : null;
