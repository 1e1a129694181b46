import { expect, test } from 'vitest';
import type { DeskBridge } from '../../../contract/ipc.ts';
import type { ArticleHit } from '../../../contract/knowledge.ts';
import { fakeBridge } from './fake-bridge.ts';
import { listChosen } from './inbox-slice.ts';
import { openKnowledge, refreshKnowledge, seekArticles, showArticle } from './search-knowledge.ts';
import { makeStore } from './store.ts';

const id = '019ab000-0000-7000-8000-000000000001';
const hitOf = (titleZh: string): ArticleHit => ({
  id,
  version: 1,
  titleZh,
  titleEn: '',
  excerptZh: '',
  excerptEn: '',
  validTo: null,
});
const article = {
  id,
  version: 1,
  content: { zh: { title: '断网', body: '看灯' }, en: null, keywords: [], attachments: [] },
  validity: { from: '2026-11-24', to: null },
  publishedAt: 1,
};

const storeOver = (bridge: DeskBridge) => {
  const person = { staffNumber: '1001', name: '', roles: ['junior-agent' as const], languages: ['zh' as const] };
  return makeStore(
    { bridge, saving: new Map(), isTyping: () => false },
    {
      session: { person, offline: false },
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
  ).store;
};

test('D1 an answer that comes after the agent has typed on is let go', async () => {
  const waiting: (() => void)[] = [];
  const fake = fakeBridge({ 'knowledge.search': ({ text }) => ({ hits: [hitOf(text)], more: false }) });
  const store = storeOver({
    ...fake.bridge,
    request: async (name, input) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return fake.bridge.request(name, input);
    },
  });
  const typed = ['断', '断网'].map((text) => store.dispatch(seekArticles(text)));
  // The later one is answered first.
  waiting[1]?.();
  await typed[1];
  waiting[0]?.();
  await typed[0];
  expect(store.getState().knowledge.hits.map(({ titleZh }) => titleZh)).toEqual(['断网']);
});

test('D1 an article withdrawn while it is read says so, and stays on the screen', async () => {
  let published = true;
  const fake = fakeBridge({
    'knowledge.search': () => ({ hits: published ? [hitOf('断网')] : [], more: false }),
    'knowledge.read': () => (published ? article : null),
  });
  const store = storeOver(fake.bridge);
  await store.dispatch(openKnowledge());
  await store.dispatch(showArticle(id));
  expect(store.getState().knowledge).toMatchObject({ article, gone: false });
  published = false;
  await store.dispatch(refreshKnowledge());
  expect(store.getState().knowledge).toMatchObject({ article, gone: true, hits: [] });
});

test('D1 whoever goes to a list has the list before them, not the knowledge base over it', async () => {
  const fake = fakeBridge({ 'knowledge.search': () => ({ hits: [], more: false }) });
  const store = storeOver(fake.bridge);
  await store.dispatch(openKnowledge());
  expect(store.getState().knowledge.open).toBe(true);
  store.dispatch(listChosen({ list: 'forms', part: 'to-do' }));
  expect(store.getState().knowledge.open).toBe(false);
});
