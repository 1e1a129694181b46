import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { TransferView } from '../../../contract/transfer.ts';

interface TransferState {
  /** What the centre said last; null: never. */
  readonly view: TransferView | null;
  /** What this desk does before the centre begins. */
  readonly doing: 'asking' | 'sending' | null;
  /** The centre could not be asked. */
  readonly unreachable: boolean;
  /** The form may not go as it is, so the talk stayed too. */
  readonly refused: boolean;
  /** Calls whose form was taken up here, so that each is once. */
  readonly taken: readonly string[];
}

const initialState: TransferState = { view: null, doing: null, unreachable: false, refused: false, taken: [] };

/** The talk that this seat hands on, or is handed, together with its form. */
export const transferSlice = createSlice({
  name: 'transfer',
  initialState,
  reducers: {
    transferAsked: (state) => ({ ...state, view: null, doing: 'asking', unreachable: false, refused: false }),
    transferUnreachable: (state) => ({ ...state, doing: null, unreachable: true }),
    transferRefused: (state) => ({ ...state, refused: true }),
    formSending: (state) => ({ ...state, doing: 'sending' }),
    transferSettled: (state) => ({ ...state, doing: null }),
    transferTaken: (state, action: PayloadAction<TransferView | null>) => ({
      ...state,
      view: action.payload,
      doing: action.payload?.phase === 'preparing' ? state.doing : null,
      unreachable: false,
      refused: state.refused && action.payload?.phase === 'ended',
    }),
    formTaken: (state, action: PayloadAction<string>) => ({ ...state, taken: [...state.taken, action.payload] }),
  },
});

export const {
  transferAsked,
  transferUnreachable,
  transferRefused,
  formSending,
  transferSettled,
  transferTaken,
  formTaken,
} = transferSlice.actions;
