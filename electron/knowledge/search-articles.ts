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

interface Asked {
  readonly text: string;
  readonly limit: number;
  /** In China, `2026-11-24`. */
  readonly today: string;
}

/**
 * Articles valid today that have every word of the text, those that have them in titles and keywords
 * first, the newest first among equals; with nothing asked for the newest.
 */
export const searchArticles = (reads: Reads, asked: Asked): { hits: ArticleHit[]; more: boolean } => {
  const { limit } = asked;
  const words = wordsOf(asked.text);
  const keys = findArticles(reads, { ...asked, limit: limit + 1 });
  const hits = keys
    .slice(0, limit)
    .flatMap((key) => reads.all(articleRow, 'SELECT article FROM articles WHERE key = ?', key))
    .map(({ article }) => hitOf(article, words));
  return { hits, more: keys.length > limit };
};

/** The keys of what `searchArticles` gives. */
export const findArticles = (reads: Reads, { text, limit, today }: Asked): readonly number[] =>
  wordsOf(text).length > 0
    ? articleIndex.find(reads, text, limit, [[validToday, today, today]])
    : newest(reads, limit, today);

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
