import { listForms } from '../../../../electron/cache/form-list.ts';
import { writeForm } from '../../../../electron/cache/form-row.ts';
import { author, openTestCache } from '../../../../electron/cache/testing/cache-with-desk.ts';
import { writtenForm } from '../../../../electron/cache/testing/written-form.ts';
import { searchArticles } from '../../../../electron/knowledge/search-articles.ts';
import { takeArticles } from '../../../../electron/knowledge/take-articles.ts';
import { madeArticles, madeForms } from '../made-texts.ts';
import { type Amounts, type Engine, shown } from './engine.ts';

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
  database.close();
};

/** Our desk's cache: what the lists of its screens ask for, with all that a row shows. */
export const openCacheEngine = (folder: string): Engine => {
  const { database } = openTestCache(folder);
  const viewer = author();
  const everything = { status: null, inbox: null, part: null, offset: 0, limit: shown };
  return {
    search: (collection, typed) =>
      database.read((reads) =>
        collection === 'forms'
          ? listForms(reads, { ...everything, search: typed }, viewer).forms.map(({ id }) => Number(id))
          : searchArticles(reads, { text: typed, limit: shown, today }).hits.map(({ id }) => Number(id.slice(-12))),
      ),
    close: () => database.close(),
  };
};
