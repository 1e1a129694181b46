import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { TryOutcome } from '../../../domain/forms/callback.ts';

/** A customer being rung back from this desk. */
export interface CallbackDialled {
  readonly form: string;
  readonly number: string;
  /** Centre time, ms. */
  readonly startedAt: number;
  /** The phone's call; null until it has begun. */
  readonly call: string | null;
}

/**
 * A try that is over: `outcome` is what the call looked like, for the clerk to confirm or correct; null
 * where nobody was rung (no line, not allowed), which is no try unless the clerk says so.
 */
export interface TryToBook {
  readonly form: string;
  readonly number: string;
  readonly startedAt: number;
  readonly contactId: string | null;
  readonly outcome: TryOutcome | null;
}

interface CallbackState {
  readonly dialled: CallbackDialled | null;
  readonly toBook: TryToBook | null;
}

const initialState: CallbackState = { dialled: null, toBook: null };

export const callbackSlice = createSlice({
  name: 'callback',
  initialState,
  reducers: {
    callbackDialled: (state, action: PayloadAction<Omit<CallbackDialled, 'call'>>) => {
      state.dialled = { ...action.payload, call: null };
    },
    callbackRinging: (state, action: PayloadAction<string>) => {
      if (state.dialled) state.dialled.call = action.payload;
    },
    callbackOver: (state, action: PayloadAction<TryToBook>) => {
      state.dialled = null;
      state.toBook = action.payload;
    },
    /** Booked, or put away as no try. */
    tryPutAway: (state) => {
      state.toBook = null;
    },
  },
});

export const { callbackDialled, callbackRinging, callbackOver, tryPutAway } = callbackSlice.actions;
