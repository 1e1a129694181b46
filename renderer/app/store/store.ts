import { configureStore, createListenerMiddleware, type ThunkAction, type UnknownAction } from '@reduxjs/toolkit';
import { useDispatch, useSelector } from 'react-redux';
import type { DeskBridge, Session, Settings } from '../../../contract/ipc.ts';
import { articlesSlice } from './articles-slice.ts';
import { attentionSlice } from './attention-slice.ts';
import { callbackSlice } from './callback-slice.ts';
import { contactsSlice } from './contacts-slice.ts';
import { deadlinesSlice } from './deadlines-slice.ts';
import { deskSlice } from './desk-slice.ts';
import { editorSlice } from './editor-slice.ts';
import { filesSlice } from './files-slice.ts';
import { formListSlice } from './form-list-slice.ts';
import { guideSlice } from './guide-slice.ts';
import { inboxSlice } from './inbox-slice.ts';
import { knowledgeSlice } from './knowledge-slice.ts';
import { phoneSlice } from './phone-slice.ts';
import { procedureSlice } from './procedure-slice.ts';
import { sourceSlice } from './source-slice.ts';
import { transcriptSlice } from './transcript-slice.ts';
import { transferSlice } from './transfer-slice.ts';

/** What thunks may reach besides the store. */
export interface Outside {
  readonly bridge: DeskBridge;
  /** Saves under way, by form: a form is saved by one at a time. */
  readonly saving: Map<string, Promise<void>>;
  /** Whether the agent's focus is in a field now. */
  readonly isTyping: () => boolean;
}

/** The store of one session at this desk, with nobody listening yet. */
export const makeStore = (outside: Outside, start: { readonly session: Session; readonly settings: Settings }) => {
  const listener = createListenerMiddleware({ extra: outside });
  const store = configureStore({
    reducer: {
      desk: deskSlice.reducer,
      phone: phoneSlice.reducer,
      contacts: contactsSlice.reducer,
      formList: formListSlice.reducer,
      files: filesSlice.reducer,
      editor: editorSlice.reducer,
      deadlines: deadlinesSlice.reducer,
      attention: attentionSlice.reducer,
      source: sourceSlice.reducer,
      inbox: inboxSlice.reducer,
      transcripts: transcriptSlice.reducer,
      callback: callbackSlice.reducer,
      transfer: transferSlice.reducer,
      procedure: procedureSlice.reducer,
      knowledge: knowledgeSlice.reducer,
      articles: articlesSlice.reducer,
      guide: guideSlice.reducer,
    },
    preloadedState: { desk: { ...deskSlice.getInitialState(), session: start.session, settings: start.settings } },
    middleware: (defaults) => defaults({ thunk: { extraArgument: outside } }).prepend(listener.middleware),
    devTools: false,
  });
  return { store, listener };
};

export type DeskStore = ReturnType<typeof makeStore>['store'];
export type DeskListener = ReturnType<typeof makeStore>['listener'];
export type DeskState = ReturnType<DeskStore['getState']>;
export type DeskDispatch = DeskStore['dispatch'];
export type DeskThunk<Answer = Promise<void>> = ThunkAction<Answer, DeskState, Outside, UnknownAction>;

export const useDeskSelector = useSelector.withTypes<DeskState>();
export const useDeskDispatch = useDispatch.withTypes<DeskDispatch>();
