import { createSlice, type PayloadAction, type UnknownAction } from '@reduxjs/toolkit';
import {
  type DeskCounts,
  type DeskPart,
  type FormSummary,
  type InboxCounts,
  type InboxPart,
  type RequestInput,
  type Session,
  type WorkedDesk,
  workedDesks,
} from '../../../contract/ipc.ts';
import { rightAtDesk } from '../../../domain/forms/procedure/stages.ts';
import { type Inbox, inboxes, rightToClaim } from '../../../domain/forms/work.ts';
import { mayDo, type Right } from '../../../domain/people/roles.ts';
import type { FormFailure } from './editor-slice.ts';
import type { DeskThunk } from './store.ts';

const pageSize = 100;

/** What lies at a desk, or is overdue wherever it lies (M1). */
export type DeskListName = WorkedDesk | 'overdue';
export type ListName = 'forms' | Inbox | DeskListName;

export interface InboxState {
  /** What the list shows: every form, an inbox, or what waits at a desk. */
  readonly list: ListName;
  /** Null: all that lies at the desk. */
  readonly part: InboxPart | DeskPart | null;
  readonly forms: readonly FormSummary[];
  readonly total: number;
  readonly phase: 'first-read' | 'read' | 'failed';
  /** Null until main has said. */
  readonly counts: InboxCounts | null;
  /** Likewise. */
  readonly deskCounts: DeskCounts | null;
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
  deskCounts: null,
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
    deskCountsTaken: (state, action: PayloadAction<DeskCounts>) => ({ ...state, deskCounts: action.payload }),
    workRefused: (state, action: PayloadAction<InboxState['refused']>) => ({ ...state, refused: action.payload }),
  },
});

export const { listChosen, inboxTaken, inboxFailed, countsTaken, deskCountsTaken, workRefused } = inboxSlice.actions;

export const isInbox = (list: ListName): list is Inbox => inboxes.some((inbox) => inbox === list);

/** Whoever sends orders looks after them at the departments, and after what is overdue. */
const alsoSeenBy: Readonly<Partial<Record<DeskListName, Right>>> = {
  department: 'order.audit',
  overdue: 'order.audit',
};

/** The lists of a person: the desks they work at, and what they look after. */
export const deskListsOf = (roles: Session['person']['roles']): readonly DeskListName[] =>
  deskListOrder.filter((name) =>
    [name === 'overdue' ? undefined : rightAtDesk[name], alsoSeenBy[name]].some(
      (right) => right && mayDo(roles, right),
    ),
  );

const deskListOrder: readonly DeskListName[] = [
  ...(['manager', 'senior', 'data-admin', 'department', 'overdue', 'call-back'] as const),
];

/** Whose first list is that of their desk; who takes calls first sees all forms. */
const beginAtDesk: readonly WorkedDesk[] = ['manager', 'senior', 'data-admin', 'department'];

/** A day begins at one's own inbox, or at the desk one works; everybody else sees all forms first. */
export const beginAtList = ({ person: { roles } }: Session): UnknownAction => {
  const desk = beginAtDesk.find((name) => {
    const right = rightAtDesk[name];
    return right && mayDo(roles, right);
  });
  if (desk) return listChosen({ list: desk, part: null });
  const own = inboxes.filter((inbox) => mayDo(roles, rightToClaim[inbox]));
  return listChosen({ list: own.length === 1 && own[0] ? own[0] : 'forms', part: 'to-do' });
};

const queryOf = (list: Exclude<ListName, 'forms'>): Pick<RequestInput<'form.list'>, 'inbox' | 'desk'> => {
  if (isInbox(list)) return { inbox: list, desk: null };
  return { inbox: null, desk: workedDesks.find((desk) => desk === list) ?? null };
};

/** Reads the inbox or the desk on the screen anew; an answer to what is no longer asked is let go. */
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
        ...queryOf(list),
        part: list === 'overdue' ? 'overdue' : part,
        limit: pageSize,
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

export const readDeskCounts =
  (): DeskThunk =>
  async (dispatch, _getState, { bridge }) => {
    dispatch(deskCountsTaken(await bridge.request('desk.counts', undefined)));
  };
