import { expect, test } from 'vitest';
import type { KnowledgeFailure } from '../../../contract/knowledge.ts';
import { actOnArticle } from '../../../domain/knowledge/act-on-article.ts';
import { admin, articleAfter, content, now } from '../../../domain/knowledge/article.fixture.ts';
import type { Article } from '../../../domain/knowledge/article.ts';
import type { ArticleAction } from '../../../domain/knowledge/article-actions.ts';
import { contentTyped, typedPutAway } from './articles-slice.ts';
import { beginVersion, contentShown, editArticle, newArticle, saveArticle, stepArticle } from './edit-articles.ts';
import { fakeBridge } from './fake-bridge.ts';
import { makeStore } from './store.ts';

const noUses = { forms: 0, helped: 0, notHelped: 0 };
const settings = {
  interfaceLanguage: 'zh',
  microphone: null,
  speaker: null,
  ringDevice: null,
  ringVolume: 1,
  sayYao: false,
  theme: 'light',
} as const;

/** The desk of a data admin, over a centre that goes by the domain's rules and may be away. */
const openDesk = (...kept: readonly Article[]) => {
  const articles = new Map(kept.map((one) => [one.id, one]));
  const centre: { failure: KnowledgeFailure | null } = { failure: null };
  const view = (article: Article) => ({ ok: true as const, value: { article, uses: noUses, feedback: [] } });
  const missing = { ok: false as const, error: { code: 'not-found' as const } };
  const { bridge } = fakeBridge({
    'knowledge.list': () => ({
      ok: true,
      value: { articles: [], counts: { draft: 0, 'in-review': 0, approved: 0, published: 0, over: 0 } },
    }),
    'knowledge.view': ({ article }) => {
      const found = articles.get(article);
      return found ? view(found) : missing;
    },
    'knowledge.act': (action) => {
      if (centre.failure) return { ok: false, error: centre.failure };
      const done = actOnArticle(articles.get(action.article), action as ArticleAction, { ...admin, now });
      if (!done.ok) return done;
      articles.set(action.article, done.value);
      return view(done.value);
    },
  });
  const person = { staffNumber: '5001', name: '何佳', roles: ['data-admin' as const], languages: ['zh' as const] };
  const { store } = makeStore(
    { bridge, saving: new Map(), isTyping: () => false },
    { session: { person, offline: false }, settings },
  );
  return { store, centre, articles };
};

test('D1 a new article is at the centre once it is saved, and the next save writes on it', async () => {
  const { store, articles } = openDesk();
  store.dispatch(newArticle());
  const id = store.getState().articles.shown ?? '';
  expect(articles.size).toBe(0);
  store.dispatch(contentTyped({ article: id, content: content('一') }));
  expect(await store.dispatch(saveArticle(id))).toBe(true);
  store.dispatch(contentTyped({ article: id, content: content('二') }));
  expect(await store.dispatch(saveArticle(id))).toBe(true);
  expect(articles.get(id)).toMatchObject({ revision: 2, versions: [{ content: { zh: { title: '二' } } }] });
  expect(store.getState().articles.typed).toEqual({});
});

test('D1 with the centre away a save is refused in words, what is typed stays, and a later save takes it', async () => {
  const { store, centre, articles } = openDesk();
  store.dispatch(newArticle());
  const id = store.getState().articles.shown ?? '';
  store.dispatch(contentTyped({ article: id, content: content('断网时写的') }));
  centre.failure = { code: 'unreachable' };
  expect(await store.dispatch(stepArticle(id, { kind: 'submit' }))).toBe(false);
  expect(store.getState().articles.failures[id]).toEqual({ code: 'unreachable' });
  expect(contentShown(store.getState(), id)?.zh.title).toBe('断网时写的');
  centre.failure = null;
  expect(await store.dispatch(stepArticle(id, { kind: 'submit' }))).toBe(true);
  expect(articles.get(id)?.versions[0]?.life.state).toBe('in-review');
  expect(store.getState().articles.failures).toEqual({});
});

test('D1 what two write at once is overwritten only by one who has seen the other', async () => {
  const before = articleAfter([['create']]);
  const { store, articles } = openDesk(before);
  await store.dispatch(editArticle(before.id));
  store.dispatch(contentTyped({ article: before.id, content: content('我写的') }));
  articles.set(before.id, articleAfter([['create'], ['write', { ...admin, staffNumber: '5002' }]]));
  expect(await store.dispatch(saveArticle(before.id))).toBe(false);
  const { failures, views, typed } = store.getState().articles;
  expect(failures[before.id]).toEqual({ code: 'changed-meanwhile' });
  expect(views[before.id]?.article.revision).toBe(2);
  expect(typed[before.id]?.zh.title).toBe('我写的');

  expect(await store.dispatch(saveArticle(before.id))).toBe(true);
  expect(articles.get(before.id)?.versions[0]).toMatchObject({ authors: ['5002', '5001'], content: content('我写的') });
});

test('D1 theirs is taken by putting away what was typed', async () => {
  const before = articleAfter([['create']]);
  const { store } = openDesk(before);
  await store.dispatch(editArticle(before.id));
  store.dispatch(contentTyped({ article: before.id, content: content('我写的') }));
  store.dispatch(typedPutAway(before.id));
  expect(contentShown(store.getState(), before.id)).toEqual(content());
});

test('D1 a new version begins with what agents read', async () => {
  const senior = { ...admin, staffNumber: '8806', roles: ['senior-agent' as const] };
  const published = articleAfter([['create'], ['submit'], ['approve', senior], ['publish']]);
  const { store, articles } = openDesk(published);
  await store.dispatch(editArticle(published.id));
  store.dispatch(beginVersion(published.id));
  expect(contentShown(store.getState(), published.id)).toEqual(content());
  expect(await store.dispatch(saveArticle(published.id))).toBe(true);
  expect(articles.get(published.id)?.versions.map(({ life }) => life.state)).toEqual(['published', 'draft']);
});
