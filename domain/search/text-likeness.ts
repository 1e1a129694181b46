import { foldText } from './fold-text.ts';
import { soughtGrams } from './grams.ts';

/** What two texts are compared by: the grams of their beginnings, where people say what the matter is. */
export const shinglesOf = (text: string): ReadonlySet<string> => soughtGrams(foldText(text.slice(0, comparedLength)));

/** In UTF-16 units. */
export const comparedLength = 500;

/**
 * What a shingle says: next to nothing where every text has it, the more the fewer do. Both counts are
 * of texts; a shingle that no text has says as much as one that a single text has.
 */
export const shingleWeight = (withShingle: number, texts: number): number =>
  Math.log(1 + texts / Math.max(1, Math.min(withShingle, texts)));

/** What a shingle of the other text alone takes away, of what one of the text asked about takes. */
const weightOfOthers = 0.2;

/**
 * How like another text is to the one asked about, from 0 (nothing in common) to 1 (the same), as
 * Tversky's index weighs it: what the one asked about says and the other does not counts in full, what the
 * other says besides counts little, since the one asked about may be typed only in part. Weights are
 * those of the shingles asked about; any other weighs as they do in the mean.
 */
export const likeness = (asked: ReadonlyMap<string, number>, other: ReadonlySet<string>): number => {
  let shared = 0;
  let all = 0;
  let matched = 0;
  for (const [shingle, weight] of asked) {
    all += weight;
    if (!other.has(shingle)) continue;
    shared += weight;
    matched += 1;
  }
  if (shared === 0) return 0;
  const mean = all / asked.size;
  return shared / (all + weightOfOthers * mean * (other.size - matched));
};
