import { v7 as uuidV7 } from 'uuid';
import type { ArticlePart } from '../../../contract/knowledge.ts';
import type { Attachment } from '../../../domain/forms/complaint.ts';
import { type ArticleContent, emptyContent, openVersion, publishedOf } from '../../../domain/knowledge/article.ts';
import type { ArticleAction } from '../../../domain/knowledge/article-actions.ts';
import { type Result, refused } from '../../../domain/result.ts';
import { mediaTypeOf, scanKindOf } from '../../desk/scans/scan-kind.ts';
import {
  type ArticleFailure,
  actionBegun,
  actionDone,
  actionFailed,
  articleChosen,
  articlesOpened,
  contentTyped,
  pageFailed,
  pageTaken,
  partChosen,
  titleSought,
  typedPutAway,
  viewTaken,
} from './articles-slice.ts';
import { maxAttachmentBytes } from './attach-files.ts';
import type { DeskState, DeskThunk } from './store.ts';

/** Reads the list on the screen anew; an answer to what is no longer asked is let go. */
export const readArticles =
  (): DeskThunk =>
  async (dispatch, getState, { bridge }) => {
    const { part, title } = getState().articles;
    const stillAsked = (): boolean => getState().articles.part === part && getState().articles.title === title;
    const answer = await bridge
      .request('knowledge.list', { part, title })
      .catch(() => refused({ code: 'unanswered' as const }));
    if (stillAsked()) dispatch(answer.ok ? pageTaken(answer.value) : pageFailed(answer.error));
  };

export const openArticles = (): DeskThunk => async (dispatch) => {
  dispatch(articlesOpened());
  await dispatch(readArticles());
};

export const chooseArticles =
  (part: ArticlePart): DeskThunk =>
  async (dispatch) => {
    dispatch(partChosen(part));
    await dispatch(readArticles());
  };

export const seekTitle =
  (title: string): DeskThunk =>
  async (dispatch) => {
    dispatch(titleSought(title));
    await dispatch(readArticles());
  };

/** Shows an article to its editor, as the centre has it now. */
export const editArticle =
  (article: string): DeskThunk =>
  async (dispatch) => {
    dispatch(articleChosen(article));
    await dispatch(readView(article));
  };

const readView =
  (article: string): DeskThunk =>
  async (dispatch, _getState, { bridge }) => {
    const answer = await bridge
      .request('knowledge.view', { article })
      .catch(() => refused({ code: 'unanswered' as const }));
    if (answer.ok) dispatch(viewTaken(answer.value));
    else dispatch(actionFailed({ article, failure: answer.error }));
  };

/** A new article that the centre hears of when it is saved. */
export const newArticle = (): DeskThunk<void> => (dispatch) => {
  const article = uuidV7();
  dispatch(contentTyped({ article, content: emptyContent }));
  dispatch(articleChosen(article));
};

/** What stands in the editor: typed, else the version being made, else the newest. */
export const contentShown = ({ articles }: DeskState, article: string): ArticleContent | undefined => {
  const view = articles.views[article];
  return articles.typed[article] ?? (view && (openVersion(view.article) ?? view.article.versions.at(-1))?.content);
};

/** Begins the next version with what agents read now, or with the newest where they have none. */
export const beginVersion =
  (article: string): DeskThunk<void> =>
  (dispatch, getState) => {
    const view = getState().articles.views[article];
    const content = view && (publishedOf(view.article)?.content ?? view.article.versions.at(-1)?.content);
    if (content) dispatch(contentTyped({ article, content }));
  };

/** Sends what is typed; true once nothing is left that the centre does not have. */
export const saveArticle =
  (article: string): DeskThunk<Promise<boolean>> =>
  async (dispatch, getState) => {
    const { typed, views } = getState().articles;
    const content = typed[article];
    if (!content) return true;
    const revision = views[article]?.article.revision;
    const done = await dispatch(
      act(
        revision === undefined ? { kind: 'create', article, content } : { kind: 'write', article, revision, content },
      ),
    );
    // Typed on while it was under way: that is not at the centre yet.
    if (done && getState().articles.typed[article] === content) dispatch(typedPutAway(article));
    return done;
  };

type Step = Exclude<ArticleAction, { kind: 'create' | 'propose' | 'write' }>;
/** A step of an article's life, without what the screen knows by itself. */
export type ArticleStep = {
  readonly [Kind in Step['kind']]: Omit<Extract<Step, { kind: Kind }>, 'article' | 'revision'>;
}[Step['kind']];

/** Saves what is typed, then goes the step; true once the centre has done it. */
export const stepArticle =
  (article: string, step: ArticleStep): DeskThunk<Promise<boolean>> =>
  async (dispatch, getState) => {
    if (!(await dispatch(saveArticle(article)))) return false;
    const revision = getState().articles.views[article]?.article.revision;
    return revision !== undefined && dispatch(act({ ...step, article, revision }));
  };

const act =
  (action: ArticleAction): DeskThunk<Promise<boolean>> =>
  async (dispatch, _getState, { bridge }) => {
    const { article } = action;
    dispatch(actionBegun(article));
    const answer = await bridge.request('knowledge.act', action).catch(() => refused({ code: 'unanswered' as const }));
    if (!answer.ok) {
      dispatch(actionFailed({ article, failure: answer.error }));
      if (answer.error.code === 'changed-meanwhile') await dispatch(readViewOnly(article));
      return false;
    }
    dispatch(viewTaken(answer.value));
    dispatch(actionDone());
    void dispatch(readArticles());
    return true;
  };

/** The article as it is now, with the reason still on the screen. */
const readViewOnly =
  (article: string): DeskThunk =>
  async (dispatch, _getState, { bridge }) => {
    const answer = await bridge.request('knowledge.view', { article }).catch(() => undefined);
    if (answer?.ok) dispatch(viewTaken(answer.value));
  };

/** Keeps a file at the centre, for the article to name. */
export const keepArticleFile =
  (file: File): DeskThunk<Promise<Result<Attachment, ArticleFailure>>> =>
  async (_dispatch, _getState, { bridge }) => {
    if (file.size > maxAttachmentBytes) return refused({ code: 'too-large' });
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const kind = scanKindOf(bytes);
      const mediaType = kind ? mediaTypeOf[kind] : file.type.slice(0, 100);
      return await bridge.request('knowledge.keep-file', { name: file.name.slice(-255), mediaType, bytes });
    } catch {
      return refused({ code: 'unanswered' });
    }
  };
