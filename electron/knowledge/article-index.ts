import { createTextIndex } from '../cache/search/text-index.ts';

/** Articles by their words in both languages; titles and keywords weigh more than the text. */
export const articleIndex = createTextIndex({
  table: 'article_search',
  texts: 'articles',
  columns: ['title', 'body'],
});
