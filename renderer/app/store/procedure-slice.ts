import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { BoxDraft } from '../../desk/procedure/box-draft.ts';
import { type Box, boxKey } from '../../desk/procedure/boxes.ts';
import type { FormFailure } from './editor-slice.ts';

interface ProcedureState {
  /** The box that is open on a form. */
  readonly open: Readonly<Record<string, Box | null>>;
  /** What is written in boxes, by `boxKey`: kept while other forms are on the screen, until it is done. */
  readonly drafts: Readonly<Record<string, BoxDraft>>;
  /** Why what was last asked of a form was not done. */
  readonly failures: Readonly<Record<string, FormFailure>>;
  /** Forms with a request under way: none is asked twice. */
  readonly busy: readonly string[];
}

const initialState: ProcedureState = { open: {}, drafts: {}, failures: {}, busy: [] };

interface InBox {
  readonly form: string;
  readonly box: Box;
}

/** What the agent is about to do in the procedures of forms. */
export const procedureSlice = createSlice({
  name: 'procedure',
  initialState,
  reducers: {
    boxOpened: (state, action: PayloadAction<InBox & { draft: BoxDraft }>) => {
      const { form, box, draft } = action.payload;
      const key = boxKey(form, box);
      return {
        ...state,
        open: { ...state.open, [form]: box },
        drafts: { ...state.drafts, [key]: state.drafts[key] ?? draft },
        failures: without(state.failures, form),
      };
    },
    boxFolded: (state, action: PayloadAction<string>) => ({
      ...state,
      open: { ...state.open, [action.payload]: null },
      failures: without(state.failures, action.payload),
    }),
    boxWritten: (state, action: PayloadAction<InBox & { change: Partial<BoxDraft> }>) => {
      const { form, box, change } = action.payload;
      const key = boxKey(form, box);
      const before = state.drafts[key];
      return before ? { ...state, drafts: { ...state.drafts, [key]: { ...before, ...change } } } : state;
    },
    boxDone: (state, action: PayloadAction<InBox>) => {
      const { form, box } = action.payload;
      return { ...state, open: { ...state.open, [form]: null }, drafts: without(state.drafts, boxKey(form, box)) };
    },
    askingBegun: (state, action: PayloadAction<string>) => ({
      ...state,
      busy: [...state.busy, action.payload],
      failures: without(state.failures, action.payload),
    }),
    askingOver: (state, action: PayloadAction<{ form: string; failure: FormFailure | null }>) => {
      const { form, failure } = action.payload;
      return {
        ...state,
        busy: state.busy.filter((one) => one !== form),
        failures: failure ? { ...state.failures, [form]: failure } : without(state.failures, form),
      };
    },
  },
});

export const { boxOpened, boxFolded, boxWritten, boxDone, askingBegun, askingOver } = procedureSlice.actions;

const without = <Value>(record: Readonly<Record<string, Value>>, key: string): Readonly<Record<string, Value>> => {
  const { [key]: _gone, ...rest } = record;
  return rest;
};
