import { type Kysely, sql, type Transaction } from 'kysely';
import type { ArticleFeedback, ArticleUses } from '../../contract/knowledge.ts';
import { storable } from '../records/storable.ts';
import type { Tables } from '../records/tables.ts';

/** "Used for this form", as the operation says. */
export interface ArticleUse {
  readonly operation: string;
  readonly article: string;
  readonly version: number;
  readonly form: string;
  readonly by: string;
  readonly at: number;
  readonly helped: boolean | null;
  readonly text: string;
}

/** In the transaction that applies the operation, so that each is counted once. */
export const keepArticleUse = async (transaction: Transaction<Tables>, use: ArticleUse): Promise<void> => {
  await transaction
    .insertInto('knowledge_uses')
    .values({
      operation: use.operation,
      article: use.article,
      version: use.version,
      form: use.form,
      used_by: use.by,
      used_at: use.at,
      helped: use.helped,
      words: storable(use.text),
    })
    .execute();
};

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
        .selectFrom('knowledge_uses as use')
        .innerJoin('operations', 'operations.id', 'use.operation')
        .select(['use.article', 'use.form', 'use.helped'])
        .distinctOn(['use.article', 'use.form', 'use.used_by'])
        .where('use.article', 'in', articles)
        .orderBy('use.article')
        .orderBy('use.form')
        .orderBy('use.used_by')
        .orderBy(sql`use.helped is null`)
        .orderBy('use.used_at', 'desc')
        // Two of one millisecond stand in the order of their desk.
        .orderBy('operations.seq', 'desc'),
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
    .orderBy('operation', 'desc')
    .limit(mostFeedback)
    .execute();
  // A verdict without words that its own author has replaced says nothing more.
  const last = new Set<string>();
  const telling = rows.filter(({ form, used_by: by, words }) => {
    const isLast = !last.has(`${form} ${by}`);
    last.add(`${form} ${by}`);
    return isLast || words !== '';
  });
  return telling.map((row) => ({
    version: row.version,
    form: row.form,
    formNumber: row.number ?? '',
    by: row.used_by,
    at: row.used_at,
    helped: row.helped,
    text: row.words,
  }));
};
