import { z } from 'zod';
import { createTextIndex } from '../cache/search/text-index.ts';

const textRow = z.object({ title: z.string(), body: z.string() });

/** Articles by their words in both languages; titles and keywords weigh more than the text. */
export const articleIndex = createTextIndex({
  table: 'article_search',
  columns: ['title', 'body'],
  textOf: (reads, key) => reads.first(textRow, 'SELECT title, body FROM articles WHERE key = ?', key),
});
