import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { idleSyncStatus } from '../../../contract/idle-sync-status.ts';
import type { Session, Settings, SyncStatus } from '../../../contract/ipc.ts';
import type { SeatView } from '../../../contract/live.ts';

/** A short word to the agent that something did not happen. */
export type DeskFault =
  | 'seat.notSent'
  | 'call.commandFailed'
  | 'call.formFailed'
  | 'settings.failed'
  | 'callback.notBooked'
  | 'rating.failed';

export interface DeskSliceState {
  readonly session: Session | null;
  readonly settings: Settings | null;
  readonly seat: SeatView | null;
  /** Callers in the queue; null until the floor has said. */
  readonly waiting: number | null;
  readonly sync: SyncStatus;
  readonly fault: DeskFault | null;
}

const initialState: DeskSliceState = {
  session: null,
  settings: null,
  seat: null,
  waiting: null,
  sync: idleSyncStatus,
  fault: null,
};

/** Who sits here, the seat, the link to the centre, the settings: views of what main last said. */
export const deskSlice = createSlice({
  name: 'desk',
  initialState,
  reducers: {
    sessionTaken: (state, action: PayloadAction<Session>) => {
      state.session = action.payload;
    },
    settingsTaken: (state, action: PayloadAction<Settings>) => {
      state.settings = action.payload;
    },
    seatTaken: (state, action: PayloadAction<SeatView | null>) => {
      state.seat = action.payload;
    },
    queueTaken: (state, action: PayloadAction<number>) => {
      state.waiting = action.payload;
    },
    syncTaken: (state, action: PayloadAction<SyncStatus>) => ({ ...state, sync: action.payload }),
    faultShown: (state, action: PayloadAction<DeskFault>) => {
      state.fault = action.payload;
    },
    faultPutAway: (state) => {
      state.fault = null;
    },
  },
});

export const { sessionTaken, settingsTaken, seatTaken, queueTaken, syncTaken, faultShown, faultPutAway } =
  deskSlice.actions;
