/**
 * Text as it is searched: full-width letters and digits, which Chinese input methods type, as the
 * ordinary ones; capitals as small letters. A text is found by a word when its folded form has the
 * folded word anywhere.
 */
export const foldText = (text: string): string =>
  // Half a surrogate pair does not survive the way into SQLite; here it is lost the same way.
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Surrogate}/gu, '\ufffd');

/** The words of a query, folded, each once. */
export const wordsOf = (query: string): readonly string[] => [
  ...new Set(
    foldText(query)
      .split(/\s+/)
      .filter((word) => word !== ''),
  ),
];
