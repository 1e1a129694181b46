import { z } from 'zod';
import type { ArticleChange } from '../../contract/knowledge.ts';
import type { PublishedArticle } from '../../domain/knowledge/article.ts';
import type { Reads, Writes } from '../cache/database.ts';

const cursorRow = z.object({ cursor: z.int().nonnegative() });

/** How far the knowledge base has been pulled. */
export const readArticleCursor = (reads: Reads): number =>
  reads.first(cursorRow, 'SELECT cursor FROM article_cursor')?.cursor ?? 0;

/** Takes the centre's changes in with the cursor they lead to, or neither. */
export const takeArticles = (
  writes: Writes,
  pulled: { readonly changes: readonly ArticleChange[]; readonly cursor: number },
): void => {
  for (const { article, cursor, published } of pulled.changes) {
    if (published) writeArticle(writes, published, cursor);
    else writes.run('DELETE FROM articles WHERE id = ?', article);
  }
  writes.run('UPDATE article_cursor SET cursor = ?', pulled.cursor);
};

const writeArticle = (writes: Writes, article: PublishedArticle, cursor: number): void => {
  const { content, validity } = article;
  const titles = [content.zh.title, ...(content.en ? [content.en.title] : []), ...content.keywords];
  const names = content.attachments.map(({ name }) => name);
  const row = {
    id: article.id,
    cursor,
    valid_from: validity.from,
    valid_to: validity.to,
    published_at: article.publishedAt,
    title: titles.join('\n'),
    search_text: [...titles, content.zh.body, content.en?.body ?? '', ...names].join('\n'),
    article: JSON.stringify(article),
  };
  const columns = Object.keys(row);
  writes.run(
    `INSERT INTO articles (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    ...Object.values(row),
  );
};
