import { soughtGrams } from './grams.ts';

/**
 * FTS5's words for "has all grams of these folded words", and what else is asked, written as FTS5 takes
 * it; null where there is nothing to look up. Grams are letters and digits alone, so that within
 * quotes nothing a user types is read as syntax.
 */
export const matchExpression = (words: readonly string[], asked: readonly string[] = []): string | null => {
  const grams = new Set(words.flatMap((word) => [...soughtGrams(word)]));
  const all = [...Array.from(grams, (gram) => `"${gram}"`), ...asked];
  return all.length > 0 ? all.join(' AND ') : null;
};
