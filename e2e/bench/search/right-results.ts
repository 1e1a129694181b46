import { foldText, wordsOf } from '../../../domain/search/fold-text.ts';
import { type Collection, shown } from './engines/engine.ts';
import { madeArticles, madeForms, textOfArticle, textOfForm } from './made-texts.ts';
import type { Keystroke } from './run.ts';

/** Folded texts by id. */
export type Texts = Readonly<Record<Collection, readonly string[]>>;

export const textsOf = (amounts: Readonly<Record<Collection, number>>): Texts => ({
  forms: Array.from(madeForms(amounts.forms), (form) => foldText(textOfForm(form))),
  articles: Array.from(madeArticles(amounts.articles), (article) => foldText(textOfArticle(article))),
});

/** How many of a screen's rows there are to fill: the texts with every word typed, found by looking at each. */
export const rowsToFill = (texts: Texts, { collection, typed }: Keystroke): number => {
  const words = wordsOf(typed);
  let found = 0;
  for (const text of texts[collection]) {
    if (words.every((word) => text.includes(word))) found += 1;
    if (found === shown) break;
  }
  return found;
};

/** How many of these rows are filled rightly: with different texts that have every word typed. */
export const rowsFilled = (texts: Texts, { collection, typed }: Keystroke, ids: readonly number[]): number => {
  const words = wordsOf(typed);
  return new Set(ids.filter((id) => words.every((word) => texts[collection][id]?.includes(word)))).size;
};
