import MiniSearch from 'minisearch';
import { foldText } from '../../../../domain/search/fold-text.ts';
import { madeArticles, madeForms, textOfArticle, textOfForm } from '../made-texts.ts';
import { type Amounts, type Engine, shown } from './engine.ts';

const runs = /(?<ideographs>\p{sc=Han}+)|[a-z0-9]+/gu;

/**
 * MiniSearch cuts texts at spaces and would find no Chinese. It is given neighbours of two, the last of a
 * run alone, and words and numbers whole; it searches these, and single characters, by their beginnings.
 * With all of our own grams it took several times the memory.
 */
const cut = (folded: string, lastAlone: boolean): string[] =>
  Array.from(folded.matchAll(runs)).flatMap(({ 0: run, groups }) => {
    if (groups?.ideographs === undefined) return [run];
    const characters = [...run];
    const neighbours = characters.map((_, at) => characters.slice(at, at + 2).join(''));
    return lastAlone || characters.length === 1 ? neighbours : neighbours.slice(0, -1);
  });

const createIndex = (): MiniSearch =>
  new MiniSearch({
    fields: ['text'],
    tokenize: (text) => cut(text, true),
    processTerm: (term) => term,
    searchOptions: {
      combineWith: 'AND',
      tokenize: (typed) => cut(foldText(typed), false),
      prefix: (term) => /^([a-z0-9]+|.)$/u.test(term),
    },
  });

export const loadMiniSearch = (amounts: Amounts): Engine => {
  const indexes = { forms: createIndex(), articles: createIndex() };
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
