import { isAnyOf } from '@reduxjs/toolkit';
import { bookTry, followCallback } from './call-back.ts';
import { callbackOver } from './callback-slice.ts';
import { seatTaken } from './desk-slice.ts';
import { saveForm } from './edit-form.ts';
import { fieldTyped, mineKept, viewTaken } from './editor-slice.ts';
import { followTransfer } from './follow-transfer.ts';
import { pageChosen, readFormList, searchTyped, statusChosen } from './form-list-slice.ts';
import { guideShown, guideWordsTyped, shownTalk } from './guide-slice.ts';
import { listChosen, readInbox } from './inbox-slice.ts';
import { phoneTaken } from './phone-slice.ts';
import { readCallerRecords, readLikely } from './read-guide-records.ts';
import { takeUpForms } from './receive-form.ts';
import { saveTranscript } from './save-transcript.ts';
import type { DeskDispatch, DeskListener, DeskState } from './store.ts';
import { transcriptTyped } from './transcript-slice.ts';
import { transferTaken } from './transfer-slice.ts';
import { lookAgain } from './unmask-form.ts';
import { followCalls } from './work-calls.ts';

const typingPauseMs = 400;
const searchPauseMs = 200;
/** How long the outcome of a callback may be corrected before it is booked as it looked. */
const bookAfterMs = 60_000;

/** Starts what happens by itself: saving as typed, reading the list as searched, forms for calls. */
export const listen = ({ startListening }: DeskListener): void => {
  const on = startListening.withTypes<DeskState, DeskDispatch>();

  const saveTimers = new Map<string, ReturnType<typeof setTimeout>>();
  const saveSoon = (form: string, dispatch: DeskDispatch): void => {
    clearTimeout(saveTimers.get(form));
    saveTimers.set(
      form,
      setTimeout(() => void dispatch(saveForm(form)), typingPauseMs),
    );
  };
  on({ actionCreator: fieldTyped, effect: ({ payload }, { dispatch }) => saveSoon(payload.form, dispatch) });
  on({ actionCreator: mineKept, effect: ({ payload }, { dispatch }) => saveSoon(payload.form, dispatch) });
  on({
    actionCreator: searchTyped,
    effect: async (_action, { dispatch, cancelActiveListeners, delay }) => {
      cancelActiveListeners();
      await delay(searchPauseMs);
      await dispatch(readFormList());
    },
  });
  on({
    matcher: isAnyOf(statusChosen, pageChosen),
    effect: async (_action, { dispatch }) => {
      await dispatch(readFormList());
    },
  });
  on({
    actionCreator: phoneTaken,
    effect: async (_action, { dispatch, getState, getOriginalState }) => {
      const before = getOriginalState().phone.snapshot.calls;
      await dispatch(followCalls(before, getState().phone.snapshot.calls));
      await dispatch(followCallback(getState().phone.snapshot.calls));
      await dispatch(lookAgain(before, getState().phone.snapshot.calls));
    },
  });
  on({
    matcher: isAnyOf(phoneTaken, transferTaken, viewTaken),
    effect: async (_action, { dispatch }) => {
      await dispatch(followTransfer());
      await dispatch(takeUpForms());
    },
  });
  on({
    actionCreator: callbackOver,
    effect: async ({ payload }, { dispatch, getState, delay }) => {
      await delay(bookAfterMs);
      if (getState().callback.toBook?.startedAt === payload.startedAt) await dispatch(bookTry(payload.outcome));
    },
  });
  on({
    actionCreator: transcriptTyped,
    effect: async ({ payload }, { dispatch, delay, cancelActiveListeners }) => {
      cancelActiveListeners();
      await delay(typingPauseMs);
      await dispatch(saveTranscript(payload.form));
    },
  });
  on({
    predicate: (action) =>
      fieldTyped.match(action) && (action.payload.field === 'account' || action.payload.field === 'contactNumber'),
    effect: async (_action, { dispatch, getState, delay, cancelActiveListeners }) => {
      cancelActiveListeners();
      await delay(typingPauseMs);
      const { shown } = getState().guide;
      if (shown !== null) await dispatch(readCallerRecords(shown));
    },
  });
  on({
    predicate: (action) =>
      guideWordsTyped.match(action) || (fieldTyped.match(action) && action.payload.field === 'text'),
    effect: async (_action, { dispatch, getState, delay, cancelActiveListeners }) => {
      cancelActiveListeners();
      await delay(searchPauseMs);
      const { shown } = getState().guide;
      if (shown !== null) await dispatch(readLikely(shown));
    },
  });
  on({
    actionCreator: seatTaken,
    effect: ({ payload }, { dispatch, getState, getOriginalState }) => {
      const before = getOriginalState().desk.seat?.phase;
      const over = shownTalk(getState())?.talk.state.step === 'done';
      if (over && before === 'wrap-up' && payload?.phase !== 'wrap-up') dispatch(guideShown(null));
    },
  });
  on({
    actionCreator: listChosen,
    effect: async (_action, { dispatch }) => {
      await dispatch(readInbox());
    },
  });
};
