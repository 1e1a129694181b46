const excerptLength = 200;
/** How much stands before the word found. */
const leadLength = 24;

/** The text round the first of the words that it has, or how it begins; on one line, without half signs. */
export const excerptOf = (text: string, words: readonly string[]): string => {
  const signs = [...text.replace(/\s+/g, ' ')];
  const line = signs.join('').toLowerCase();
  const places = words.map((word) => line.indexOf(word.toLowerCase())).filter((place) => place >= 0);
  const found = places.length > 0 ? [...line.slice(0, Math.min(...places))].length : 0;
  const from = found > leadLength ? found - leadLength : 0;
  const shown = signs
    .slice(from, from + excerptLength)
    .join('')
    .trim();
  return `${from > 0 ? '…' : ''}${shown}${from + excerptLength < signs.length ? '…' : ''}`;
};
