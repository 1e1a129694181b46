import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { FormView } from '../../../contract/ipc.ts';
import type { ComplaintField, ComplaintFields } from '../../../domain/forms/complaint.ts';
import type { Refusal } from '../../../domain/forms/form.ts';
import type { MaskedField } from '../../../domain/forms/procedure/procedure.ts';
import { afterSaved, type Draft, emptyDraft, keepMine, takeTheirs, withTyped } from '../../desk/forms/form-diff.ts';

/** Why something did not get through; `unanswered`: the request itself broke. */
export type FormFailure =
  | Refusal
  | { readonly code: 'masked'; readonly fields: readonly MaskedField[] }
  | {
      readonly code:
        | 'not-signed-in'
        | 'not-found'
        | 'unreachable'
        | 'too-large'
        | 'disk-full'
        | 'damaged'
        | 'unanswered';
    };

interface EditorState {
  /** The form on the screen. */
  readonly openForm: string | null;
  readonly views: Readonly<Record<string, FormView>>;
  readonly drafts: Readonly<Record<string, Draft>>;
  readonly failures: Readonly<Record<string, FormFailure>>;
  /** Fields a refused submit named, until they are filled. */
  readonly missing: readonly ComplaintField[];
}

const initialState: EditorState = { openForm: null, views: {}, drafts: {}, failures: {}, missing: [] };

type OnField<More = object> = PayloadAction<{ form: string; field: ComplaintField } & More>;

/** The forms the agent has open or has unconfirmed words in. */
export const editorSlice = createSlice({
  name: 'editor',
  initialState,
  reducers: {
    formShown: (state, action: PayloadAction<string | null>) => {
      if (state.openForm !== action.payload) state.missing = [];
      state.openForm = action.payload;
    },
    viewTaken: (state, action: PayloadAction<FormView>) => ({
      ...state,
      views: { ...state.views, [action.payload.form.id]: action.payload },
    }),
    viewGone: (state, action: PayloadAction<string>) => {
      delete state.views[action.payload];
      if (state.openForm === action.payload) state.openForm = null;
    },
    fieldTyped: (state, action: OnField<{ value: ComplaintFields[ComplaintField] }>) => {
      const { form, field, value } = action.payload;
      const standing = state.views[form]?.form.fields;
      if (!standing) return;
      state.drafts[form] = withTyped(state.drafts[form] ?? emptyDraft, standing, field, value);
      state.missing = state.missing.filter((name) => name !== field);
    },
    mineKept: (state, action: OnField) => {
      const { form, field } = action.payload;
      const standing = state.views[form]?.form.fields;
      const draft = state.drafts[form];
      if (standing && draft) state.drafts[form] = keepMine(draft, standing, field);
    },
    theirsTaken: (state, action: OnField) => {
      const { form, field } = action.payload;
      const draft = state.drafts[form];
      if (draft) state.drafts[form] = takeTheirs(draft, field);
    },
    savingBegun: (state, action: PayloadAction<{ form: string; sending: Partial<ComplaintFields> }>) => {
      const draft = state.drafts[action.payload.form];
      if (draft) draft.sending = action.payload.sending;
    },
    savingDone: (state, action: PayloadAction<{ form: string }>) => {
      const { form } = action.payload;
      const draft = state.drafts[form];
      if (draft) state.drafts[form] = afterSaved(draft);
      delete state.failures[form];
    },
    savingRefused: (state, action: PayloadAction<{ form: string; failure: FormFailure }>) => {
      const { form, failure } = action.payload;
      const draft = state.drafts[form];
      return {
        ...state,
        drafts: draft ? { ...state.drafts, [form]: { ...draft, sending: null } } : state.drafts,
        failures: { ...state.failures, [form]: failure },
      };
    },
    failurePutAway: (state, action: PayloadAction<string>) => {
      delete state.failures[action.payload];
    },
    missingShown: (state, action: PayloadAction<readonly ComplaintField[]>) => ({ ...state, missing: action.payload }),
  },
});

export const {
  formShown,
  viewTaken,
  viewGone,
  fieldTyped,
  mineKept,
  theirsTaken,
  savingBegun,
  savingDone,
  savingRefused,
  failurePutAway,
  missingShown,
} = editorSlice.actions;
