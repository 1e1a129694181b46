import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { AttentionCard } from '../../../contract/sync-page.ts';
import type { DeskThunk } from './store.ts';

export const attentionSlice = createSlice({
  name: 'attention',
  initialState: { cards: [] as readonly AttentionCard[] },
  reducers: {
    cardsTaken: (state, action: PayloadAction<readonly AttentionCard[]>) => ({ ...state, cards: action.payload }),
  },
});

const { cardsTaken } = attentionSlice.actions;

export const readAttention =
  (): DeskThunk =>
  async (dispatch, _getState, { bridge }) => {
    dispatch(cardsTaken(await bridge.request('attention.list', undefined)));
  };
