import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { ArticleHit } from '../../../contract/knowledge.ts';
import type { Language } from '../../../domain/access/language.ts';
import type { PublishedArticle } from '../../../domain/knowledge/article.ts';
import { listChosen } from './inbox-slice.ts';

export interface KnowledgeState {
  /** The panel stands beside the form, in the place of the list. */
  readonly open: boolean;
  /** How often it was asked for: each time the search takes the focus. */
  readonly asked: number;
  readonly text: string;
  readonly hits: readonly ArticleHit[];
  readonly more: boolean;
  readonly phase: 'first-read' | 'read' | 'failed';
  /** Which hit Enter opens. */
  readonly chosen: number;
  readonly article: PublishedArticle | null;
  /** The article shown was withdrawn while it was read, or is valid no more. */
  readonly gone: boolean;
  /** Form whose hard case is being written up for the data admin (S2). */
  readonly hardCase: string | null;
  /** What is typed of it, by form. */
  readonly methods: Readonly<Record<string, string>>;
  /** Forms whose method has been handed in since log-in. */
  readonly handedIn: readonly string[];
  /** The language it is read in; null: that of the desk. */
  readonly language: Language | null;
}

const initialState: KnowledgeState = {
  open: false,
  asked: 0,
  text: '',
  hits: [],
  more: false,
  phase: 'first-read',
  chosen: 0,
  article: null,
  gone: false,
  hardCase: null,
  methods: {},
  handedIn: [],
  language: null,
};

const nothingShown = { article: null, gone: false, hardCase: null } as const;

/** The knowledge base beside the form (D1): what is looked for, found and read. */
export const knowledgeSlice = createSlice({
  name: 'knowledge',
  initialState,
  reducers: {
    panelOpened: (state) => ({ ...state, ...nothingShown, open: true, asked: state.asked + 1 }),
    panelClosed: (state) => ({ ...state, ...nothingShown, open: false }),
    hardCaseBegun: (state, action: PayloadAction<string>) => ({
      ...state,
      ...nothingShown,
      open: true,
      hardCase: action.payload,
    }),
    methodTyped: (state, action: PayloadAction<{ form: string; text: string }>) => ({
      ...state,
      methods: { ...state.methods, [action.payload.form]: action.payload.text },
    }),
    methodHandedIn: (state, action: PayloadAction<string>) => ({
      ...state,
      methods: { ...state.methods, [action.payload]: '' },
      handedIn: [...state.handedIn, action.payload],
    }),
    articleSought: (state, action: PayloadAction<string>) => ({ ...state, text: action.payload, chosen: 0 }),
    hitsTaken: (state, action: PayloadAction<{ hits: ArticleHit[]; more: boolean }>) => ({
      ...state,
      ...action.payload,
      phase: 'read' as const,
      chosen: Math.max(0, Math.min(state.chosen, action.payload.hits.length - 1)),
    }),
    searchFailed: (state) => ({ ...state, phase: 'failed' as const }),
    hitChosen: (state, action: PayloadAction<number>) => ({
      ...state,
      chosen: Math.max(0, Math.min(action.payload, state.hits.length - 1)),
    }),
    articleShown: (state, action: PayloadAction<PublishedArticle>) => ({
      ...state,
      article: action.payload,
      gone: false,
      language: action.payload.id === state.article?.id ? state.language : null,
    }),
    articleGone: (state) => ({ ...state, gone: state.article !== null }),
    articlePutAway: (state) => ({ ...state, ...nothingShown, asked: state.asked + 1 }),
    languageChosen: (state, action: PayloadAction<Language>) => ({ ...state, language: action.payload }),
  },
  // It stands where the lists stand.
  extraReducers: (builder) => builder.addCase(listChosen, (state) => ({ ...state, ...nothingShown, open: false })),
});

export const {
  panelOpened,
  panelClosed,
  hardCaseBegun,
  methodTyped,
  methodHandedIn,
  articleSought,
  hitsTaken,
  searchFailed,
  hitChosen,
  articleShown,
  articleGone,
  articlePutAway,
  languageChosen,
} = knowledgeSlice.actions;
