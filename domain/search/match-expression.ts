import { soughtGrams } from './grams.ts';

/**
 * FTS5's words for "has all grams of these folded words": each with `mark` before it where the index
 * marks them, and with what else is `asked`, in FTS5's own words. Null where there is nothing to look up.
 * Grams are letters and digits alone, so that within quotes nothing a user types is read as syntax.
 */
export const matchExpression = (
  words: readonly string[],
  { mark = '', asked = [] }: { readonly mark?: string; readonly asked?: readonly string[] } = {},
): string | null => {
  const grams = new Set(words.flatMap((word) => [...soughtGrams(word)]));
  const all = [...Array.from(grams, (gram) => `"${mark}${gram}"`), ...asked];
  return all.length > 0 ? all.join(' AND ') : null;
};
