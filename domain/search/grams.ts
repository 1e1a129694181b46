/**
 * N-grams that a full-text index can hold Chinese by, which is written without spaces: of ideographs,
 * kana and hangul every character and every two neighbours; of letters and digits every one, two and
 * three neighbours. So any part of a word or a number is found, from its first character on.
 */
const ideograph = '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}]';
const runs = new RegExp(`(?<ideographs>${ideograph}+)|(?:(?!${ideograph})[\\p{L}\\p{N}\\p{M}])+`, 'gu');
const longestOfIdeographs = 2;
const longestOfLetters = 3;

interface Run {
  readonly characters: readonly string[];
  readonly longest: number;
}

const runsOf = (folded: string): readonly Run[] =>
  Array.from(folded.matchAll(runs), ({ 0: run, groups }) => ({
    characters: [...run],
    longest: groups?.ideographs === undefined ? longestOfLetters : longestOfIdeographs,
  }));

const gramsOfLength = (characters: readonly string[], length: number): readonly string[] =>
  Array.from({ length: Math.max(0, characters.length - length + 1) }, (_, at) =>
    characters.slice(at, at + length).join(''),
  );

/** What the index keeps of a folded text: its grams, each once. */
export const indexedGrams = (folded: string): ReadonlySet<string> => {
  const grams = new Set<string>();
  for (const { characters, longest } of runsOf(folded)) {
    for (let length = 1; length <= longest; length += 1) {
      for (const gram of gramsOfLength(characters, length)) grams.add(gram);
    }
  }
  return grams;
};

/**
 * What to look up for a folded word: every text that has the word has all of these. Empty for a word
 * of signs alone, which the index does not hold.
 */
export const soughtGrams = (word: string): ReadonlySet<string> =>
  new Set(
    runsOf(word).flatMap(({ characters, longest }) => gramsOfLength(characters, Math.min(longest, characters.length))),
  );

/** Whether every text with the grams of this folded word has the word too, with no need to look. */
export const saidByItsGrams = (word: string): boolean => soughtGrams(word).size === 1 && soughtGrams(word).has(word);
