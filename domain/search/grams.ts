/**
 * N-grams that a full-text index can hold Chinese by, which is written without spaces: every character,
 * every two neighbours, and of letters and digits, which a few of stand in every text, every three. So
 * any part of a word or a number is found, from its first character on.
 */
type CharacterClass = 'ideograph' | 'letter' | 'sign';

const ideograph = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;
const letter = /[\p{L}\p{N}\p{M}]/u;

/** Nearly all characters that come are Chinese or ASCII: they are told by their code, which is much faster. */
const classOf = (character: string): CharacterClass => {
  if (character >= '\u4e00' && character <= '\u9fff') return 'ideograph';
  if (character < '\u0080') return /[a-z0-9]/i.test(character) ? 'letter' : 'sign';
  if (ideograph.test(character)) return 'ideograph';
  return letter.test(character) ? 'letter' : 'sign';
};

interface Cut {
  readonly characters: readonly string[];
  /** How many characters from here on stand together with no sign between. */
  readonly together: readonly number[];
  /** How many letters and digits from here on stand together. */
  readonly letters: readonly number[];
}

const cut = (folded: string): Cut => {
  const characters = [...folded];
  const together = new Array<number>(characters.length + 1).fill(0);
  const letters = new Array<number>(characters.length + 1).fill(0);
  for (let at = characters.length - 1; at >= 0; at -= 1) {
    const found = classOf(characters[at] ?? '');
    together[at] = found === 'sign' ? 0 : 1 + (together[at + 1] ?? 0);
    letters[at] = found === 'letter' ? 1 + (letters[at + 1] ?? 0) : 0;
  }
  return { characters, together, letters };
};

/** What the index keeps of a folded text: its grams, each once. */
export const indexedGrams = (folded: string): ReadonlySet<string> => {
  const { characters, together, letters } = cut(folded);
  const grams = new Set<string>();
  for (const [at, first] of characters.entries()) {
    const [joined = 0, ofLetters = 0] = [together[at], letters[at]];
    if (joined >= 1) grams.add(first);
    if (joined >= 2) grams.add(`${first}${characters[at + 1]}`);
    if (ofLetters >= 3) grams.add(`${first}${characters[at + 1]}${characters[at + 2]}`);
  }
  return grams;
};

/**
 * What to look up for a folded word, the longest grams of each part: every text that has the word has
 * all of these. Empty for a word of signs alone, which the index does not hold.
 */
export const soughtGrams = (word: string): ReadonlySet<string> => {
  const { characters, together, letters } = cut(word);
  const grams = new Set<string>();
  for (const [at, first] of characters.entries()) {
    const [joined = 0, ofLetters = 0, joinedBefore = 0, lettersBefore = 0] = [
      ...[together[at], letters[at]],
      ...[together[at - 1], letters[at - 1]],
    ];
    const inThreeBefore = lettersBefore >= 3;
    if (ofLetters >= 3) grams.add(`${first}${characters[at + 1]}${characters[at + 2]}`);
    else if (joined >= 2 && !(inThreeBefore && ofLetters === 2)) grams.add(`${first}${characters[at + 1]}`);
    else if (joined === 1 && joinedBefore === 0) grams.add(first);
  }
  return grams;
};

/** Whether every text with the grams of this folded word has the word too, with no need to look. */
export const saidByItsGrams = (word: string): boolean => {
  const grams = soughtGrams(word);
  return grams.size === 1 && grams.has(word);
};
