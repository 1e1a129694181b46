import { z } from 'zod';
import type { ArticleChange } from '../../contract/knowledge.ts';
import type { PublishedArticle } from '../../domain/knowledge/article.ts';
import { foldText } from '../../domain/search/fold-text.ts';
import type { Reads, Writes } from '../cache/database.ts';
import { wantFile } from './article-files.ts';
import { articleIndex } from './article-index.ts';

/** A larger one is fetched when somebody opens it. */
const largestKept = 5 * 1024 * 1024;

const cursorRow = z.object({ cursor: z.int().nonnegative() });
const keyRow = z.object({ key: z.int() });

/** How far the knowledge base has been pulled. */
export const readArticleCursor = (reads: Reads): number =>
  reads.first(cursorRow, 'SELECT cursor FROM article_cursor')?.cursor ?? 0;

/** Takes the centre's changes in with the cursor they lead to, or neither. */
export const takeArticles = (
  writes: Writes,
  pulled: { readonly changes: readonly ArticleChange[]; readonly cursor: number },
): void => {
  for (const { article, published } of pulled.changes) {
    forget(writes, article);
    if (published) keep(writes, published);
  }
  writes.run('UPDATE article_cursor SET cursor = ?', pulled.cursor);
};

const forget = (writes: Writes, article: string): void => {
  const known = writes.first(keyRow, 'SELECT key FROM articles WHERE id = ?', article);
  if (!known) return;
  articleIndex.remove(writes, known.key);
  writes.run('DELETE FROM articles WHERE key = ?', known.key);
};

/** Under a new key whatever its version: what was published last is found first. */
const keep = (writes: Writes, article: PublishedArticle): void => {
  const { content, validity } = article;
  const { zh, en, keywords, attachments } = content;
  const title = foldText([zh.title, ...(en ? [en.title] : []), ...keywords].join('\n'));
  const body = foldText([zh.body, ...(en ? [en.body] : []), ...attachments.map(({ name }) => name)].join('\n'));
  const made = writes.first(
    keyRow,
    `INSERT INTO articles (id, valid_from, valid_to, title, body, article) VALUES (?, ?, ?, ?, ?, ?) RETURNING key`,
    ...[article.id, validity.from, validity.to, title, body, JSON.stringify(article)],
  );
  if (!made) throw new Error('an article was not kept');
  articleIndex.put(writes, made.key, { title, body });
  for (const { sha256, size } of attachments) if (size <= largestKept) wantFile(writes, sha256);
};
