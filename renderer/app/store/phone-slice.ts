import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { CallView, PhoneSnapshot } from '../../../contract/phone.ts';

export interface PhoneSliceState {
  readonly snapshot: PhoneSnapshot;
  /** The call that ended last, told in words until the next one comes. */
  readonly lastEnded: CallView | null;
}

const initialState: PhoneSliceState = {
  snapshot: { registration: { state: 'off' }, calls: [], fault: null },
  lastEnded: null,
};

/** What the phone window last said, and the end of the last call, which it soon forgets. */
export const phoneSlice = createSlice({
  name: 'phone',
  initialState,
  reducers: {
    phoneTaken: (state, action: PayloadAction<PhoneSnapshot>) => {
      const { calls } = action.payload;
      const ended = calls.filter((call) => call.phase === 'ended').sort((a, b) => b.since - a.since)[0];
      if (ended) state.lastEnded = ended;
      state.snapshot = action.payload;
    },
  },
});

export const { phoneTaken } = phoneSlice.actions;
