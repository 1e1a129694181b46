import { z } from 'zod';
import type { ArticleHit } from '../../contract/knowledge.ts';
import { type PublishedArticle, publishedArticle } from '../../domain/knowledge/article.ts';
import { wordsOf } from '../../domain/search/fold-text.ts';
import type { Reads } from '../cache/database.ts';
import { jsonOf } from '../cache/json-column.ts';
import { articleIndex } from './article-index.ts';
import { excerptOf } from './excerpt.ts';

const keyRow = z.object({ key: z.int() });
const articleRow = z.object({ article: jsonOf(publishedArticle) });

/** SQL, with today in China as its two values. */
const validToday = 'valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)';
/** So many are looked at for those that are valid today. */
const mostFound = 300;

/**
 * Articles valid today (`2026-11-24`) that have every word of the text, those that have them in titles and
 * keywords first, the newest first among equals; with nothing asked for the newest.
 */
export const searchArticles = (
  reads: Reads,
  asked: { readonly text: string; readonly limit: number; readonly today: string },
): { hits: ArticleHit[]; more: boolean } => {
  const { limit, today } = asked;
  const words = wordsOf(asked.text);
  const keys = words.length > 0 ? found(reads, asked.text, today) : newest(reads, limit + 1, today);
  const hits = keys
    .slice(0, limit)
    .flatMap((key) => reads.all(articleRow, 'SELECT article FROM articles WHERE key = ?', key))
    .map(({ article }) => hitOf(article, words));
  return { hits, more: keys.length > limit };
};

const found = (reads: Reads, text: string, today: string): readonly number[] => {
  const keys = articleIndex.find(reads, text, mostFound);
  const valid = reads.all(
    keyRow,
    `SELECT key FROM articles WHERE key IN (SELECT value FROM json_each(?)) AND ${validToday}`,
    ...[JSON.stringify(keys), today, today],
  );
  const known = new Set(valid.map(({ key }) => key));
  return keys.filter((key) => known.has(key));
};

const newest = (reads: Reads, limit: number, today: string): readonly number[] =>
  reads
    .all(keyRow, `SELECT key FROM articles WHERE ${validToday} ORDER BY key DESC LIMIT ?`, today, today, limit)
    .map(({ key }) => key);

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
