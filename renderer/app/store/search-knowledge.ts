import { articlesClosed } from './articles-slice.ts';
import { articleGone, articleShown, articleSought, hitsTaken, panelOpened, searchFailed } from './knowledge-slice.ts';
import type { DeskThunk } from './store.ts';

/** A screen holds fewer; more words find what is not among them. */
const mostHits = 30;

/** Looks in this desk's cache; an answer to what is no longer asked is let go. */
const readHits =
  (): DeskThunk =>
  async (dispatch, getState, { bridge }) => {
    const { text } = getState().knowledge;
    const stillAsked = (): boolean => getState().knowledge.text === text;
    try {
      const answer = await bridge.request('knowledge.search', { text: text.slice(0, 200), limit: mostHits });
      if (stillAsked()) dispatch(hitsTaken(answer));
    } catch {
      if (stillAsked()) dispatch(searchFailed());
    }
  };

/** With every key: no pause to wait for, the cache answers sooner than the next key comes. */
export const seekArticles =
  (text: string): DeskThunk =>
  async (dispatch) => {
    dispatch(articleSought(text));
    await dispatch(readHits());
  };

/** Beside the form, whatever stood there before. */
export const openKnowledge = (): DeskThunk => async (dispatch) => {
  dispatch(articlesClosed());
  dispatch(panelOpened());
  await dispatch(readHits());
};

export const showArticle =
  (article: string): DeskThunk =>
  async (dispatch, getState, { bridge }) => {
    const found = await bridge.request('knowledge.read', { article });
    if (!getState().knowledge.open) return;
    if (found) dispatch(articleShown(found));
    // Found a moment ago and withdrawn since.
    else await dispatch(readHits());
  };

/** What is on the screen of the knowledge base, anew: the centre has published or withdrawn something. */
export const refreshKnowledge =
  (): DeskThunk =>
  async (dispatch, getState, { bridge }) => {
    const { open, article } = getState().knowledge;
    if (!open) return;
    await dispatch(readHits());
    if (!article) return;
    const now = await bridge.request('knowledge.read', { article: article.id });
    if (getState().knowledge.article?.id !== article.id) return;
    dispatch(now ? articleShown(now) : articleGone());
  };
