import { createSlice, type PayloadAction } from '@reduxjs/toolkit';

export interface ContactState {
  /** Forms written in this call, the first first. */
  readonly forms: readonly string[];
  /** Those that carry the call already, or whose link is on its way. */
  readonly linked: readonly string[];
  /** Set while a form was made for the call but not shown, because the agent was typing. */
  readonly waitingForm: { readonly id: string; readonly number: string } | null;
}

export const newContact: ContactState = { forms: [], linked: [], waitingForm: null };

/** Which forms belong to which call, so that each is linked to it once. */
export const contactsSlice = createSlice({
  name: 'contacts',
  initialState: {} as Readonly<Record<string, ContactState>>,
  reducers: {
    /** The call was answered here; a second answer of the same contact changes nothing. */
    contactMet: (state, action: PayloadAction<string>) => {
      state[action.payload] ??= { forms: [], linked: [], waitingForm: null };
    },
    formMade: (state, action: PayloadAction<{ contactId: string; form: string; number: string; shown: boolean }>) => {
      const { contactId, form, number, shown } = action.payload;
      const contact = state[contactId] ?? newContact;
      state[contactId] = {
        forms: [...contact.forms, form],
        linked: [...contact.linked],
        waitingForm: shown ? null : { id: form, number },
      };
    },
    waitingFormSeen: (state, action: PayloadAction<string>) => {
      for (const contact of Object.values(state)) {
        if (contact.waitingForm?.id === action.payload) contact.waitingForm = null;
      }
    },
    linkBegun: (state, action: PayloadAction<{ contactId: string; form: string }>) => {
      state[action.payload.contactId]?.linked.push(action.payload.form);
    },
    linkFailed: (state, action: PayloadAction<{ contactId: string; form: string }>) => {
      const contact = state[action.payload.contactId];
      if (contact) contact.linked = contact.linked.filter((form) => form !== action.payload.form);
    },
  },
});

export const { contactMet, formMade, waitingFormSeen, linkBegun, linkFailed } = contactsSlice.actions;
