import MiniSearch from 'minisearch';
import { foldText, wordsOf } from '../../../../domain/search/fold-text.ts';
import { indexedGrams, soughtGrams } from '../../../../domain/search/grams.ts';
import { madeArticles, madeForms, textOfArticle, textOfForm } from '../made-texts.ts';
import { type Amounts, type Engine, shown } from './engine.ts';

/**
 * MiniSearch cuts texts at spaces and would find no Chinese: it is given the cut of our own index, so
 * that it finds what ours finds, ranked its own way.
 */
const cutByGrams = (): MiniSearch =>
  new MiniSearch({
    fields: ['text'],
    tokenize: (text) => [...indexedGrams(text)],
    processTerm: (term) => term,
    searchOptions: {
      combineWith: 'AND',
      tokenize: (typed) => wordsOf(typed).flatMap((word) => [...soughtGrams(word)]),
    },
  });

export const loadMiniSearch = (amounts: Amounts): Engine => {
  const indexes = { forms: cutByGrams(), articles: cutByGrams() };
  let id = 0;
  for (const form of madeForms(amounts.forms)) indexes.forms.add({ id: id++, text: foldText(textOfForm(form)) });
  id = 0;
  for (const one of madeArticles(amounts.articles)) {
    indexes.articles.add({ id: id++, text: foldText(textOfArticle(one)) });
  }
  return {
    search: (collection, typed) =>
      indexes[collection]
        .search(typed)
        .slice(0, shown)
        .map((hit) => Number(hit.id)),
  };
};
