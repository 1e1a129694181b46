import { diffWordsWithSpace } from 'diff';

export interface TextChange {
  readonly at: number;
  readonly text: string;
  readonly how: 'same' | 'added' | 'removed';
}

/** Long texts with nothing in common are not worth the wait. */
const patienceMs = 500;

/** What a text has become, word by word; Chinese words are found by the platform's own dictionary. */
export const compareTexts = (before: string, after: string): readonly TextChange[] => {
  const parts = diffWordsWithSpace(before, after, {
    intlSegmenter: new Intl.Segmenter('zh', { granularity: 'word' }),
    timeout: patienceMs,
  });
  if (!parts) {
    return [
      { at: 0, text: before, how: 'removed' },
      { at: 1, text: after, how: 'added' },
    ];
  }
  return parts.map(({ value, added, removed }, at) => ({
    at,
    text: value,
    how: added ? 'added' : removed ? 'removed' : 'same',
  }));
};
