import { createSlice, type PayloadAction, type UnknownAction } from '@reduxjs/toolkit';
import type { FormSummary, InboxCounts, InboxPart, Session } from '../../../contract/ipc.ts';
import { type Inbox, inboxes, rightToClaim } from '../../../domain/forms/work.ts';
import { mayDo } from '../../../domain/people/roles.ts';
import type { FormFailure } from './editor-slice.ts';
import type { DeskThunk } from './store.ts';

export const inboxPageSize = 100;

export interface InboxState {
  /** What the list shows: every form, or an inbox. */
  readonly list: 'forms' | Inbox;
  readonly part: InboxPart;
  readonly forms: readonly FormSummary[];
  readonly total: number;
  readonly phase: 'first-read' | 'read' | 'failed';
  /** Null until main has said. */
  readonly counts: InboxCounts | null;
  /** Why the last claim, release or setting aside was not done; put away by the next. */
  readonly refused: { readonly number: string; readonly failure: FormFailure } | null;
}

const initialState: InboxState = {
  list: 'forms',
  part: 'to-do',
  forms: [],
  total: 0,
  phase: 'first-read',
  counts: null,
  refused: null,
};

export const inboxSlice = createSlice({
  name: 'inbox',
  initialState,
  reducers: {
    listChosen: (state, action: PayloadAction<Pick<InboxState, 'list' | 'part'>>) => ({
      ...state,
      ...action.payload,
      ...(state.list === action.payload.list ? {} : { forms: [], total: 0, phase: 'first-read' as const }),
      refused: null,
    }),
    inboxTaken: (state, action: PayloadAction<{ forms: FormSummary[]; total: number }>) => ({
      ...state,
      ...action.payload,
      phase: 'read' as const,
    }),
    inboxFailed: (state) => {
      state.phase = 'failed';
    },
    countsTaken: (state, action: PayloadAction<InboxCounts>) => ({ ...state, counts: action.payload }),
    workRefused: (state, action: PayloadAction<InboxState['refused']>) => ({ ...state, refused: action.payload }),
  },
});

export const { listChosen, inboxTaken, inboxFailed, countsTaken, workRefused } = inboxSlice.actions;

/** A clerk's day begins at their own inbox; who may take from both, and everybody else, sees all forms first. */
export const beginAtInbox = ({ person }: Session): UnknownAction => {
  const own = inboxes.filter((inbox) => mayDo(person.roles, rightToClaim[inbox]));
  return listChosen({ list: own.length === 1 && own[0] ? own[0] : 'forms', part: 'to-do' });
};

/** Reads the inbox on the screen anew; an answer to what is no longer asked is let go. */
export const readInbox =
  (): DeskThunk =>
  async (dispatch, getState, { bridge }) => {
    const { list, part } = getState().inbox;
    if (list === 'forms') return;
    const stillAsked = (): boolean => getState().inbox.list === list && getState().inbox.part === part;
    try {
      const answer = await bridge.request('form.list', {
        search: '',
        status: null,
        inbox: list,
        part,
        limit: inboxPageSize,
        offset: 0,
      });
      if (stillAsked()) dispatch(inboxTaken({ forms: answer.forms, total: answer.total }));
    } catch {
      if (stillAsked()) dispatch(inboxFailed());
    }
  };

export const readInboxCounts =
  (): DeskThunk =>
  async (dispatch, _getState, { bridge }) => {
    dispatch(countsTaken(await bridge.request('inbox.counts', undefined)));
  };
