import type { Kysely } from 'kysely';
import type { ArticleView } from '../../contract/knowledge.ts';
import type { ArticleAuthor } from '../../domain/knowledge/act-on-article.ts';
import type { Article } from '../../domain/knowledge/article.ts';
import type { ArticleAction, ArticleRefusal } from '../../domain/knowledge/article-actions.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Tables } from '../records/tables.ts';
import { readArticle } from './article-rows.ts';
import { countUses, noUses, readFeedback } from './article-uses.ts';
import { takeAction } from './take-action.ts';

/** The articles as the centre keeps them. */
export interface Knowledge {
  /** One step in the life of an article, audited with it. */
  readonly act: (
    action: ArticleAction,
    by: Pick<ArticleAuthor, 'staffNumber' | 'roles'>,
  ) => Promise<Result<ArticleView, ArticleRefusal>>;
  readonly read: (article: string) => Promise<ArticleView | undefined>;
}

export const createKnowledge = (parts: {
  readonly db: Kysely<Tables>;
  readonly clock: () => number;
  /** What agents read has changed, up to this cursor: desks are to pull. */
  readonly onGrown: (cursor: number) => void;
}): Knowledge => {
  const { db, clock, onGrown } = parts;
  const viewOf = async (article: Article): Promise<ArticleView> => ({
    article,
    uses: (await countUses(db, [article.id])).get(article.id) ?? noUses,
    feedback: await readFeedback(db, article.id),
  });
  return {
    act: async (action, { staffNumber, roles }) => {
      const author = { staffNumber, roles, now: clock() };
      const done = await db.transaction().execute((transaction) => takeAction(transaction, action, author));
      if (!done.ok) return done;
      if (done.value.cursor !== undefined) onGrown(done.value.cursor);
      return ok(await viewOf(done.value.article));
    },
    read: async (id) => {
      const article = await readArticle(db, id, 'to-read');
      return article && viewOf(article);
    },
  };
};
