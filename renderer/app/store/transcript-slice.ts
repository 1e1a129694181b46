import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { FormFailure } from './editor-slice.ts';

/** What is typed of a message and not with main yet, over what stood there when the clerk began. */
export interface TranscriptDraft {
  readonly typed: string;
  readonly seen: string;
}

export interface TranscriptState {
  readonly drafts: Readonly<Record<string, TranscriptDraft>>;
  readonly failures: Readonly<Record<string, FormFailure>>;
}

const initialState: TranscriptState = { drafts: {}, failures: {} };

/** What clerks type while they listen (A9), by form; kept until main has it or it is given up. */
export const transcriptSlice = createSlice({
  name: 'transcripts',
  initialState,
  reducers: {
    transcriptTyped: (state, action: PayloadAction<{ form: string; typed: string; standing: string }>) => {
      const { form, typed, standing } = action.payload;
      state.drafts[form] = { typed, seen: state.drafts[form]?.seen ?? standing };
    },
    /** `sent` is with main now; what was typed meanwhile goes on from there. */
    transcriptSaved: (state, action: PayloadAction<{ form: string; sent: string }>) => {
      const { form, sent } = action.payload;
      const draft = state.drafts[form];
      delete state.failures[form];
      if (draft?.typed === sent) delete state.drafts[form];
      else if (draft) draft.seen = sent;
    },
    transcriptRefused: (state, action: PayloadAction<{ form: string; failure: FormFailure }>) => ({
      ...state,
      failures: { ...state.failures, [action.payload.form]: action.payload.failure },
    }),
    /** The clerk's words are to stand over those another has written meanwhile. */
    transcriptKept: (state, action: PayloadAction<{ form: string; standing: string }>) => {
      const draft = state.drafts[action.payload.form];
      if (draft) draft.seen = action.payload.standing;
      delete state.failures[action.payload.form];
    },
    transcriptGivenUp: (state, action: PayloadAction<string>) => {
      delete state.drafts[action.payload];
      delete state.failures[action.payload];
    },
  },
});

export const { transcriptTyped, transcriptSaved, transcriptRefused, transcriptKept, transcriptGivenUp } =
  transcriptSlice.actions;
