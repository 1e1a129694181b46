import type { SameKeys } from './words.ts';
import type { zhKnowledge } from './zh-knowledge.ts';

/** The words of the knowledge base in English. */
export const enKnowledge: SameKeys<typeof zhKnowledge> = {
  knowledge: {
    title: 'Knowledge base',
    keys: '↑↓ choose, Enter opens, Esc closes',
    keysReading: 'Esc back to the results, ↑↓ scroll',
    search: 'Search in Chinese or English, words apart',
    found: 'Results',
    newest: 'Published last',
    noMatch: 'Nothing found. Try other words, or fewer.',
    empty: 'No articles yet, or none have reached this desk.',
    more: 'There are more; another word narrows the search.',
    failed: 'The search did not work.',
    until: 'until {{to}}',
    back: 'Back',
    version: 'Version {{version}}',
    valid: 'from {{from}}',
    validOpen: ', until further notice',
    validTo: ' to {{to}}',
    gone: 'This article was withdrawn or is valid no more: do not answer by it.',
  },
};
