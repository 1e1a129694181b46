import { soughtGrams } from './grams.ts';

/**
 * FTS5's words for "has all grams of these folded words", null where there is none to look up. Grams
 * are letters and digits alone, so that within quotes nothing a user types is read as syntax.
 */
export const matchExpression = (words: readonly string[]): string | null => {
  const grams = new Set(words.flatMap((word) => [...soughtGrams(word)]));
  return grams.size > 0 ? Array.from(grams, (gram) => `"${gram}"`).join(' AND ') : null;
};
