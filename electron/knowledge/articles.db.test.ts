import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ArticleChange } from '../../contract/knowledge.ts';
import type { ArticleContent } from '../../domain/knowledge/article.ts';
import type { Validity } from '../../domain/knowledge/validity.ts';
import { readMeta } from '../cache/meta.ts';
import type { Cache } from '../cache/open-cache.ts';
import { inFolder, openTestCache } from '../cache/testing/cache-with-desk.ts';
import { createDeskFiles } from '../files/desk-files.ts';
import { createFetchAhead } from '../files/fetch-ahead.ts';
import { askCentre } from '../session/ask-centre.ts';
import { createApi } from '../sync/api.ts';
import type { Beside } from '../sync/beside.ts';
import { type FakeCentre, openFakeCentre } from '../sync/testing/fake-centre.ts';
import { createTokenKeeper } from '../sync/token-keeper.ts';
import { pullArticles } from './pull-articles.ts';
import { readArticle, searchArticles } from './search-articles.ts';
import { readArticleCursor, takeArticles } from './take-articles.ts';

const today = '2026-11-24';
const idOf = (count: number): string => `019ab000-0000-7000-8000-${String(count).padStart(12, '0')}`;

const broadband: ArticleContent = {
  zh: { title: '宽带断网的处理', body: '先请用户看光猫的指示灯。红灯常亮是光路中断，报障 112。' },
  en: {
    title: 'Broadband outage',
    body: 'Ask for the lamps of the modem. A steady red LOS lamp means the fibre is cut.',
  },
  keywords: ['上不了网', 'LOS'],
  attachments: [],
};
const portability: ArticleContent = {
  zh: { title: '携号转网资格', body: '入网满 120 天，没有欠费。宽带捆绑须先解约。' },
  en: null,
  keywords: [],
  attachments: [],
};

const published = (cursor: number, content: ArticleContent, validity: Validity = { from: '2026-01-01', to: null }) => ({
  cursor,
  article: idOf(cursor),
  published: { id: idOf(cursor), version: 1, content, validity, publishedAt: cursor },
});

const inCache = (work: (cache: Cache, take: (...changes: ArticleChange[]) => void) => void) =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const take = (...changes: ArticleChange[]) =>
      cache.database.write((writes) => takeArticles(writes, { changes, cursor: changes.at(-1)?.cursor ?? 0 }));
    work(cache, take);
    cache.database.close();
  });

const found = ({ database }: Cache, text: string, day = today) =>
  database.read((reads) => searchArticles(reads, { text, limit: 20, today: day })).hits.map(({ titleZh }) => titleZh);

test('D1 articles are found in Chinese and English by title, text and keyword, titles first', () =>
  inCache((cache, take) => {
    take(published(1, broadband), published(2, portability));
    expect(found(cache, '断网')).toEqual(['宽带断网的处理']);
    expect(found(cache, '宽带')).toEqual(['宽带断网的处理', '携号转网资格']);
    expect(found(cache, '光猫 红灯')).toEqual(['宽带断网的处理']);
    expect(found(cache, '上不了网')).toEqual(['宽带断网的处理']);
    expect(found(cache, 'broadband OUTAGE')).toEqual(['宽带断网的处理']);
    expect(found(cache, 'fibre')).toEqual(['宽带断网的处理']);
    expect(found(cache, '120')).toEqual(['携号转网资格']);
    expect(found(cache, '彩铃')).toEqual([]);
    expect(found(cache, '')).toEqual(['携号转网资格', '宽带断网的处理']);
  }));

test('D1 signs that mean something to SQL are looked for as they stand', () =>
  inCache((cache, take) => {
    take(
      published(1, { ...portability, zh: { title: '九折', body: '优惠 10% _起_ "特价"' } }),
      published(2, portability),
    );
    expect(found(cache, '10%')).toEqual(['九折']);
    expect(found(cache, '_起_')).toEqual(['九折']);
    expect(found(cache, '"特价"')).toEqual(['九折']);
  }));

test('D1 only what is valid today is found or read, by the day in China, also offline at midnight', () =>
  inCache((cache, take) => {
    take(published(1, portability, { from: '2026-11-25', to: '2026-11-30' }));
    for (const [day, shown] of [
      ['2026-11-24', []],
      ['2026-11-25', ['携号转网资格']],
      ['2026-11-30', ['携号转网资格']],
      ['2026-12-01', []],
    ] as const) {
      expect(found(cache, '转网', day)).toEqual(shown);
      expect(cache.database.read((reads) => readArticle(reads, idOf(1), day)) !== undefined).toBe(shown.length > 0);
    }
  }));

test('D1 a new version takes the place of the old one, and what is retired is gone', () =>
  inCache((cache, take) => {
    take(published(1, portability));
    const [second] = [published(1, broadband)];
    take({ ...second, cursor: 2, published: { ...second.published, version: 2 } });
    expect(found(cache, '转网')).toEqual([]);
    expect(cache.database.read((reads) => readArticle(reads, idOf(1), today))).toMatchObject({ version: 2 });
    take({ cursor: 3, article: idOf(1), published: null });
    expect(found(cache, '')).toEqual([]);
    expect(cache.database.read(readArticleCursor)).toBe(3);
  }));

test('D1 an excerpt shows the words found, or how the text begins', () =>
  inCache((cache, take) => {
    const body = `${'前言。'.repeat(90)}退费在三个工作日内到账。${'后话。'.repeat(90)}`;
    take(published(1, { ...portability, zh: { title: '退费', body } }));
    const excerpt = (text: string) =>
      cache.database.read((reads) => searchArticles(reads, { text, limit: 1, today })).hits[0]?.excerptZh;
    expect(excerpt('三个工作日')).toMatch(/^….*三个工作日内到账.*…$/);
    expect(excerpt('')).toMatch(/^前言/);
  }));

/** A cache and a centre, and the way from the one to the other. */
const withCentre = (
  work: (bench: { cache: Cache; centre: FakeCentre; pull: () => Promise<string>; ahead: Beside }) => Promise<void>,
) =>
  inFolder(async (folder) => {
    const centre = await openFakeCentre();
    const cache = openTestCache(folder);
    const api = createApi({ server: centre.url, fetch });
    const tokens = createTokenKeeper({
      api,
      device: () => cache.database.read(readMeta).device,
      signIn: () => askCentre(cache, api, { staffNumber: '1001', password: 'right' }),
      tokens: undefined,
      now: Date.now,
      onSignedIn: () => undefined,
    });
    let told = 0;
    const pull = async () => {
      const pulled = await pullArticles({ cache, api, tokens, onChanged: () => (told += 1) });
      return pulled.ok ? `told ${told}` : pulled.error.code;
    };
    const person = () => ({ staffNumber: '1001' });
    const files = createDeskFiles({ cache, api, tokens, person, now: Date.now, onProgress: () => undefined });
    const ahead = createFetchAhead({ database: cache.database, files, person, isIdle: () => true });
    await work({ cache, centre, pull, ahead });
    cache.database.close();
    await centre.close();
  });

test('D1 a desk pulls what the centre publishes, once, and keeps it when the centre is away', () =>
  withCentre(async ({ cache, centre, pull }) => {
    centre.articles = [published(1, broadband)];
    expect(await pull()).toBe('told 1');
    expect(await pull()).toBe('told 1');
    centre.nextFailures.push('unavailable');
    expect(await pull()).toBe('unavailable');
    expect(found(cache, '断网')).toEqual(['宽带断网的处理']);
  }));

test('D1 the files of an article come with it, and one that does not come now comes later', () =>
  withCentre(async ({ cache, centre, pull, ahead }) => {
    const bytes = Buffer.from('资费表');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = {
      id: crypto.randomUUID(),
      sha256,
      name: '资费表.pdf',
      mediaType: 'application/pdf',
      size: bytes.length,
    };
    const gone = { ...file, sha256: '0'.repeat(64) };
    centre.files.set(sha256, 'unavailable');
    centre.articles = [published(1, { ...broadband, attachments: [gone, file] })];
    expect(await pull()).toBe('told 1');
    await ahead.look();
    expect(cache.files.read(sha256)).toBeUndefined();
    centre.files.set(sha256, bytes);
    await ahead.look();
    expect(cache.files.read(sha256)).toEqual(new Uint8Array(bytes));
    expect(found(cache, '资费表')).toEqual(['宽带断网的处理']);
  }));
