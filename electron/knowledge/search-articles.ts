import { z } from 'zod';
import type { ArticleHit } from '../../contract/knowledge.ts';
import { type PublishedArticle, publishedArticle } from '../../domain/knowledge/article.ts';
import type { Reads } from '../cache/database.ts';
import { jsonOf } from '../cache/json-column.ts';
import { excerptOf } from './excerpt.ts';

const articleRow = z.object({ article: jsonOf(publishedArticle) });
const countRow = z.object({ n: z.int() });

/** SQL, with today in China as its two values. */
const validToday = 'valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)';

/**
 * Articles valid today (`2026-11-24`) that have every word of the text, those that have them in their title
 * or keywords first; with nothing asked for the newest.
 */
export const searchArticles = (
  reads: Reads,
  asked: { readonly text: string; readonly limit: number; readonly today: string },
): { hits: ArticleHit[]; total: number } => {
  const words = asked.text.split(/\s+/).filter((word) => word !== '');
  const likes = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  const has = (column: string): string => ['1', ...likes.map(() => `${column} LIKE ? ESCAPE '\\'`)].join(' AND ');
  const where = `${validToday} AND ${has('search_text')}`;
  const values = [asked.today, asked.today, ...likes];
  const total = reads.first(countRow, `SELECT count(*) AS n FROM articles WHERE ${where}`, ...values)?.n ?? 0;
  const rows = reads.all(
    articleRow,
    `SELECT article FROM articles WHERE ${where}
     ORDER BY ${has('title')} DESC, published_at DESC, id LIMIT ?`,
    ...[...values, ...likes, asked.limit],
  );
  return { hits: rows.map(({ article }) => hitOf(article, words)), total };
};

/** `undefined` where there is none that is valid today. */
export const readArticle = (reads: Reads, article: string, today: string): PublishedArticle | undefined =>
  reads.first(articleRow, `SELECT article FROM articles WHERE id = ? AND ${validToday}`, article, today, today)
    ?.article;

const hitOf = ({ id, version, content, validity }: PublishedArticle, words: readonly string[]): ArticleHit => ({
  id,
  version,
  titleZh: content.zh.title,
  titleEn: content.en?.title ?? '',
  excerptZh: excerptOf(content.zh.body, words),
  excerptEn: excerptOf(content.en?.body ?? '', words),
  validTo: validity.to,
});
