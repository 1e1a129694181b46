import { Charset, Index } from 'flexsearch';
import { foldText, wordsOf } from '../../../../domain/search/fold-text.ts';
import { indexedGrams, soughtGrams } from '../../../../domain/search/grams.ts';
import { madeArticles, madeForms, textOfArticle, textOfForm } from '../made-texts.ts';
import { type Amounts, type Engine, shown } from './engine.ts';

const load = (amounts: Amounts, create: () => Index, asked: (typed: string) => string): Engine => {
  const indexes = { forms: create(), articles: create() };
  let id = 0;
  for (const form of madeForms(amounts.forms)) indexes.forms.add(id++, foldText(textOfForm(form)));
  id = 0;
  for (const one of madeArticles(amounts.articles)) indexes.articles.add(id++, foldText(textOfArticle(one)));
  return {
    search: (collection, typed) => indexes[collection].search(asked(typed), { limit: shown }).map(Number),
  };
};

/** FlexSearch's own way with Chinese: every character a term of its own, spaces too, which are left out when asking. */
export const loadFlexSearch = (amounts: Amounts): Engine =>
  load(
    amounts,
    () => new Index({ encoder: Charset.CJK }),
    (typed) => foldText(typed).replace(/\s+/g, ''),
  );

const askedMark = '?';

/** FlexSearch with the cut of our own index, which finds what ours finds. */
export const loadFlexSearchByGrams = (amounts: Amounts): Engine =>
  load(
    amounts,
    () =>
      new Index({
        resolution: 1,
        // One function cuts texts and questions; a question begins with a sign of its own.
        encode: (text) =>
          text.startsWith(askedMark)
            ? wordsOf(text.slice(askedMark.length)).flatMap((word) => [...soughtGrams(word)])
            : [...indexedGrams(text)],
      }),
    (typed) => askedMark + typed,
  );
