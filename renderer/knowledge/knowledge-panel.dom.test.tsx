// @vitest-environment happy-dom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Provider } from 'react-redux';
import { afterEach, expect, test } from 'vitest';
import type { FormView } from '../../contract/ipc.ts';
import type { ArticleHit } from '../../contract/knowledge.ts';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import type { FormAction } from '../../domain/forms/operations.ts';
import { done, make } from '../../domain/forms/perform.fixture.ts';
import type { PublishedArticle } from '../../domain/knowledge/article.ts';
import { isTyping } from '../app/hot-keys.ts';
import { App } from '../app/shell/app.tsx';
import { showForm } from '../app/store/edit-form.ts';
import { fakeBridge } from '../app/store/fake-bridge.ts';
import { makeStore } from '../app/store/store.ts';

afterEach(cleanup);

const articleOf = (count: number, title: string, english: string | null): PublishedArticle => ({
  id: `019ab000-0000-7000-8000-00000000000${count}`,
  version: 2,
  content: {
    zh: { title, body: `${title}的办法` },
    en: english === null ? null : { title: english, body: `How to: ${english}` },
    keywords: [],
    attachments: [],
  },
  validity: { from: '2026-11-01', to: null },
  publishedAt: count,
});
const articles = [
  articleOf(1, '宽带断网', 'Broadband is down'),
  articleOf(2, '宽带移机', 'Broadband moves house'),
  articleOf(3, '国际漫游', null),
];
const hitOf = ({ id, version, content, validity }: PublishedArticle): ArticleHit => ({
  id,
  version,
  titleZh: content.zh.title,
  titleEn: content.en?.title ?? '',
  excerptZh: content.zh.body,
  excerptEn: content.en?.body ?? '',
  validTo: validity.to,
});

/** The desk of a junior agent with a form open, over a main process that finds by title. */
const openDesk = async () => {
  const opened = make('form.open', {
    number: '261124-0017-001-7',
    kind: 'complaint',
    origin: { via: 'desk', channel: 'voice' },
    fields: emptyComplaint,
    attachments: [],
  });
  let form = done(undefined, opened);
  const viewOf = (): FormView => ({ form, pending: 0, attention: [], tentative: false, masked: [] });
  const noCounts = { waiting: 0, mine: 0, problems: 0, checkBacksDue: 0 };
  const fake = fakeBridge({
    'form.list': () => ({ forms: [], total: 0, more: false }),
    'form.likely': () => [],
    'form.read': () => viewOf(),
    'deadline.list': () => ({ forms: [], total: 0 }),
    'inbox.counts': () => ({ text: noCounts, recording: noCounts, checkBacksDue: 0 }),
    'form.perform': (asked) => {
      const action = asked as FormAction;
      if (action.kind === 'form.use-article') form = done(form, make(action.kind, action.payload));
      return { ok: true, value: viewOf() };
    },
    'knowledge.search': ({ text }) => {
      const found = articles.filter(({ content }) => `${content.zh.title} ${content.en?.title}`.includes(text));
      return { hits: found.map(hitOf), more: false };
    },
    'knowledge.read': ({ article }) => articles.find(({ id }) => id === article) ?? null,
  });
  const { store } = makeStore(
    { bridge: fake.bridge, saving: new Map(), isTyping: () => isTyping(document.activeElement) },
    {
      session: {
        person: { staffNumber: '1001', name: '李晓雯', roles: ['junior-agent'], languages: ['zh'] },
        offline: false,
      },
      settings: {
        interfaceLanguage: 'zh',
        microphone: null,
        speaker: null,
        ringDevice: null,
        ringVolume: 1,
        sayYao: false,
        theme: 'light',
      },
    },
  );
  render(
    <Provider store={store}>
      <App />
    </Provider>,
  );
  await store.dispatch(showForm(form.id));
  const text = await screen.findByTestId('field-text');
  text.focus();
  return { user: userEvent.setup(), text, used: () => form.procedure.articlesUsed };
};

const titles = (): readonly (string | null)[] =>
  screen.queryAllByTestId('knowledge-hit').map((hit) => hit.querySelector('.hit-title')?.textContent ?? null);
const chosen = (): string | undefined =>
  screen.getAllByTestId('knowledge-hit').find((hit) => hit.getAttribute('aria-selected') === 'true')?.textContent ??
  undefined;

test('D1 one key opens the search beside the form; typing finds, arrows choose, Enter opens, Esc leads back', async () => {
  const { user, text } = await openDesk();
  await user.keyboard('{F1}');
  const box = await screen.findByTestId('knowledge-search');
  expect(document.activeElement).toBe(box);
  await waitFor(() => expect(titles()).toHaveLength(3));
  await user.keyboard('宽带');
  await waitFor(() => expect(titles()).toEqual(['宽带断网', '宽带移机']));
  await user.keyboard('{ArrowDown}');
  expect(chosen()).toContain('宽带移机');
  expect(box.getAttribute('aria-activedescendant')).toBe(`hit-${articles[1]?.id}`);
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
  expect(chosen()).toContain('宽带断网');
  await user.keyboard('{Enter}');
  expect((await screen.findByTestId('article-title')).textContent).toBe('宽带断网');
  await user.keyboard('{Escape}');
  expect(document.activeElement).toBe(await screen.findByTestId('knowledge-search'));
  expect(titles()).toEqual(['宽带断网', '宽带移机']);
  await user.keyboard('{Escape}');
  expect(screen.queryByTestId('knowledge')).toBeNull();
  expect(document.activeElement).toBe(text);
});

test('D1 an article is read in either language where it has both', async () => {
  const { user } = await openDesk();
  await user.keyboard('{F1}');
  await user.keyboard('断网');
  await waitFor(() => expect(titles()).toEqual(['宽带断网']));
  await user.keyboard('{Enter}');
  await screen.findByText('宽带断网的办法');
  await user.keyboard('{Control>}l{/Control}');
  await screen.findByText('How to: Broadband is down');
  await user.keyboard('{Escape}');
  await user.clear(await screen.findByTestId('knowledge-search'));
  await user.keyboard('漫游');
  await waitFor(() => expect(titles()).toEqual(['国际漫游']));
  await user.keyboard('{Enter}');
  await screen.findByText('国际漫游的办法');
  await user.keyboard('{Control>}l{/Control}');
  expect(screen.queryByTestId('article-language')).toBeNull();
  expect(screen.getByTestId('article-title').textContent).toBe('国际漫游');
});

test('D1 used for this form and a verdict with words, by keys; the form keeps them', async () => {
  const { user, used } = await openDesk();
  await user.keyboard('{F1}');
  await waitFor(() => expect(titles()).toHaveLength(3));
  await user.keyboard('{Enter}');
  await screen.findByTestId('use-article');
  await user.keyboard('{Control>}u{/Control}');
  await screen.findByTestId('use-done');
  expect(used()).toMatchObject([{ article: articles[0]?.id, version: 2, helped: null, text: '' }]);
  // Once is once, however often the key is pressed.
  await user.keyboard('{Control>}u{/Control}');
  expect(used()).toHaveLength(1);
  await user.type(screen.getByTestId('use-words'), '时限写错了');
  screen.getByTestId('use-not-helped').focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(used()).toMatchObject([{ helped: false, text: '时限写错了' }]));
});

test('D1 while an input method composes, Enter is its own', async () => {
  const { user } = await openDesk();
  await user.keyboard('{F1}');
  const box = await screen.findByTestId('knowledge-search');
  await waitFor(() => expect(titles()).toHaveLength(3));
  box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, isComposing: true }));
  // Had it opened the article, nothing more could be typed into the search.
  await user.keyboard('漫游');
  await waitFor(() => expect(titles()).toEqual(['国际漫游']));
  await user.keyboard('{Enter}');
  await screen.findByTestId('article');
});
