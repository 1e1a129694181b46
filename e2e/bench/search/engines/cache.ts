import { wordsOf } from '../../../../domain/search/fold-text.ts';
import type { Reads } from '../../../../electron/cache/database.ts';
import { findForms, listForms } from '../../../../electron/cache/form-list.ts';
import { writeForm } from '../../../../electron/cache/form-row.ts';
import { author, openTestCache } from '../../../../electron/cache/testing/cache-with-desk.ts';
import { writtenForm } from '../../../../electron/cache/testing/written-form.ts';
import { articleIndex } from '../../../../electron/knowledge/article-index.ts';
import { findArticles, searchArticles } from '../../../../electron/knowledge/search-articles.ts';
import { takeArticles } from '../../../../electron/knowledge/take-articles.ts';
import { madeArticles, madeForms } from '../made-texts.ts';
import { type Amounts, type Collection, type Engine, shown } from './engine.ts';

const today = '2026-11-24';
const formsAtOnce = 5_000;
const articleId = (at: number): string => `019ab000-0000-7000-8000-${String(at).padStart(12, '0')}`;

/** Writes the data into a desk's cache in this folder as the desk writes it, the oldest first. */
export const fillCache = (folder: string, amounts: Amounts): void => {
  const { database } = openTestCache(folder);
  const forms = [...madeForms(amounts.forms)].map(({ openedAt, number, ...fields }, at) =>
    writtenForm({ id: String(at), number, changedAt: openedAt }, fields),
  );
  forms.reverse();
  for (let from = 0; from < forms.length; from += formsAtOnce) {
    database.write((writes) => {
      for (const form of forms.slice(from, from + formsAtOnce)) writeForm(writes, form);
    });
  }
  const changes = [...madeArticles(amounts.articles)].map(({ title, keywords, body }, at) => {
    const content = { zh: { title, body }, en: null, keywords: keywords.split(' '), attachments: [] };
    const validity = { from: '2026-01-01', to: null };
    const published = { id: articleId(at), version: 1, content, validity, publishedAt: 1 };
    return { cursor: 1, article: published.id, published };
  });
  database.write((writes) => takeArticles(writes, { changes: changes.reverse(), cursor: 1 }));
  database.write(articleIndex.tidy);
  database.close();
};

const viewer = author();
const everything = { status: null, inbox: null, desk: null, part: null, offset: 0, limit: shown };

const openIn = (folder: string, search: (reads: Reads, collection: Collection, typed: string) => readonly number[]) => {
  const { database } = openTestCache(folder);
  return {
    search: (collection: Collection, typed: string) => database.read((reads) => search(reads, collection, typed)),
    close: () => database.close(),
  };
};

/** Our desk's cache, asked for what the others give: which texts are found. Of forms it also counts how many. */
export const openCacheEngine = (folder: string, amounts: Amounts): Engine =>
  openIn(folder, (reads, collection, typed) =>
    collection === 'forms'
      ? findForms(reads, { ...everything, search: typed }, wordsOf(typed), viewer).ids.map(Number)
      : // The article made first is the newest, and was written last.
        findArticles(reads, { text: typed, limit: shown, today }).map((key) => amounts.articles - key),
  );

/** The same, with all that the lists on the screen show of what is found. */
export const openCacheAsShown = (folder: string): Engine =>
  openIn(folder, (reads, collection, typed) =>
    collection === 'forms'
      ? listForms(reads, { ...everything, search: typed }, viewer).forms.map(({ id }) => Number(id))
      : searchArticles(reads, { text: typed, limit: shown, today }).hits.map(({ id }) => Number(id.slice(-12))),
  );
