import { wordsOf } from '../../domain/search/fold-text.ts';

export interface TextPart {
  /** Where it begins in the text, in UTF-16 units. */
  readonly at: number;
  readonly text: string;
  readonly marked: boolean;
}

/** A text in parts, those that are words of the query marked; the longest word wins where two begin at one place. */
export const markWords = (text: string, query: string): readonly TextPart[] => {
  const words = wordsOf(query).toSorted((one, two) => two.length - one.length);
  if (words.length === 0) return text === '' ? [] : [{ at: 0, text, marked: false }];
  const pattern = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')).join('|'), 'giu');
  const parts: TextPart[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    if (index > end) parts.push({ at: end, text: text.slice(end, index), marked: false });
    parts.push({ at: index, text: found, marked: true });
    end = index + found.length;
  }
  if (end < text.length) parts.push({ at: end, text: text.slice(end), marked: false });
  return parts;
};
