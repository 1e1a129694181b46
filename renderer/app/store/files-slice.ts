import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { EventPayload } from '../../../contract/ipc.ts';

type Progress = EventPayload<'file.progress'>;

/** How far files have come that are on their way to this desk, by SHA-256: 0 to 1. */
export const filesSlice = createSlice({
  name: 'files',
  initialState: { onTheirWay: {} as Readonly<Record<string, number>> },
  reducers: {
    progressTaken: (state, { payload: { sha256, have, size } }: PayloadAction<Progress>) => {
      const { [sha256]: _before, ...others } = state.onTheirWay;
      return { onTheirWay: have < size ? { ...others, [sha256]: have / size } : others };
    },
  },
});

export const { progressTaken } = filesSlice.actions;
