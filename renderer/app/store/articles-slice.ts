import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { ArticlePage, ArticlePart, ArticleView, KnowledgeFailure } from '../../../contract/knowledge.ts';
import type { ArticleContent } from '../../../domain/knowledge/article.ts';
import { listChosen } from './inbox-slice.ts';

export type ArticleFailure = KnowledgeFailure | { readonly code: 'unanswered' };

export interface ArticlesState {
  /** The screen of those who write and review stands in the place of list and form. */
  readonly open: boolean;
  readonly part: ArticlePart;
  readonly title: string;
  readonly page: ArticlePage | null;
  /** The list shown is not yet that of the part chosen. */
  readonly reading: boolean;
  /** Why the list could not be read. */
  readonly failure: ArticleFailure | null;
  readonly shown: string | null;
  readonly views: Readonly<Record<string, ArticleView>>;
  /** What is typed and not at the centre yet, by article; it outlives a centre that is away. */
  readonly typed: Readonly<Record<string, ArticleContent>>;
  /** Why the last thing asked for an article was not done. */
  readonly failures: Readonly<Record<string, ArticleFailure>>;
  readonly busy: boolean;
}

const initialState: ArticlesState = {
  open: false,
  part: 'draft',
  title: '',
  page: null,
  reading: true,
  failure: null,
  shown: null,
  views: {},
  typed: {},
  failures: {},
  busy: false,
};

const without = <Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).filter(([one]) => one !== key));

/** The knowledge base as those have it who write, review and publish (D1). */
export const articlesSlice = createSlice({
  name: 'articles',
  initialState,
  reducers: {
    articlesOpened: (state) => ({ ...state, open: true }),
    articlesClosed: (state) => ({ ...state, open: false }),
    partChosen: (state, action: PayloadAction<ArticlePart>) => ({
      ...state,
      part: action.payload,
      page: state.page && { ...state.page, articles: [] },
      reading: true,
    }),
    titleSought: (state, action: PayloadAction<string>) => ({ ...state, title: action.payload }),
    pageTaken: (state, action: PayloadAction<ArticlePage>) => ({
      ...state,
      page: action.payload,
      reading: false,
      failure: null,
    }),
    pageFailed: (state, action: PayloadAction<ArticleFailure>) => ({
      ...state,
      reading: false,
      failure: action.payload,
    }),
    articleChosen: (state, action: PayloadAction<string>) => ({ ...state, shown: action.payload }),
    viewTaken: (state, action: PayloadAction<ArticleView>) => ({
      ...state,
      views: { ...state.views, [action.payload.article.id]: action.payload },
    }),
    contentTyped: (state, action: PayloadAction<{ article: string; content: ArticleContent }>) => ({
      ...state,
      typed: { ...state.typed, [action.payload.article]: action.payload.content },
    }),
    typedPutAway: (state, action: PayloadAction<string>) => ({
      ...state,
      typed: without(state.typed, action.payload),
      failures: without(state.failures, action.payload),
    }),
    actionBegun: (state, action: PayloadAction<string>) => ({
      ...state,
      busy: true,
      failures: without(state.failures, action.payload),
    }),
    actionFailed: (state, action: PayloadAction<{ article: string; failure: ArticleFailure }>) => ({
      ...state,
      busy: false,
      failures: { ...state.failures, [action.payload.article]: action.payload.failure },
    }),
    actionDone: (state) => ({ ...state, busy: false }),
  },
  // Whoever goes to a list has left this screen.
  extraReducers: (builder) => builder.addCase(listChosen, (state) => ({ ...state, open: false })),
});

export const {
  articlesOpened,
  articlesClosed,
  partChosen,
  titleSought,
  pageTaken,
  pageFailed,
  articleChosen,
  viewTaken,
  contentTyped,
  typedPutAway,
  actionBegun,
  actionFailed,
  actionDone,
} = articlesSlice.actions;
