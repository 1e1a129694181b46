import { type Kysely, sql } from 'kysely';
import type { ArticleFeedback, ArticleUses } from '../../contract/knowledge.ts';
import type { Tables } from '../records/tables.ts';

export const noUses: ArticleUses = { forms: 0, helped: 0, notHelped: 0 };

/** The counts of these articles; one never used is not among them. A person's last word on a form is the one that counts. */
export const countUses = async (
  db: Kysely<Tables>,
  articles: readonly string[],
): Promise<ReadonlyMap<string, ArticleUses>> => {
  if (articles.length === 0) return new Map();
  const rows = await db
    .with('verdicts', (query) =>
      query
        .selectFrom('knowledge_uses')
        .select(['article', 'form', 'helped'])
        .distinctOn(['article', 'form', 'used_by'])
        .where('article', 'in', articles)
        .orderBy('article')
        .orderBy('form')
        .orderBy('used_by')
        .orderBy(sql`helped is null`)
        .orderBy('used_at', 'desc'),
    )
    .selectFrom('verdicts')
    .select(({ fn }) => [
      'article',
      fn.count<number>('form').distinct().as('forms'),
      fn.countAll<number>().filterWhere('helped', '=', true).as('helped'),
      fn.countAll<number>().filterWhere('helped', '=', false).as('notHelped'),
    ])
    .groupBy('article')
    .execute();
  return new Map(rows.map(({ article, ...uses }) => [article, uses]));
};

const mostFeedback = 200;

/** What was said of an article with a verdict or in words, newest first. */
export const readFeedback = async (db: Kysely<Tables>, article: string): Promise<ArticleFeedback[]> => {
  const rows = await db
    .selectFrom('knowledge_uses')
    .leftJoin('forms', 'forms.id', 'knowledge_uses.form')
    .select(['version', 'knowledge_uses.form as form', 'number', 'used_by', 'used_at', 'helped', 'words'])
    .where('article', '=', article)
    .where((where) => where.or([where('helped', 'is not', null), where('words', '<>', '')]))
    .orderBy('used_at', 'desc')
    .limit(mostFeedback)
    .execute();
  return rows.map((row) => ({
    version: row.version,
    form: row.form,
    formNumber: row.number ?? '',
    by: row.used_by,
    at: row.used_at,
    helped: row.helped,
    text: row.words,
  }));
};
