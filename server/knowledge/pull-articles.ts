import type { Kysely } from 'kysely';
import type { ArticleChange } from '../../contract/knowledge.ts';
import type { Tables } from '../records/tables.ts';

export interface PulledArticles {
  readonly changes: readonly ArticleChange[];
  readonly cursor: number;
  readonly more: boolean;
}

/** What agents read as it has changed after a cursor, in the order of commits, an article only at its latest. */
export const pullArticles = async (db: Kysely<Tables>, after: number, limit: number): Promise<PulledArticles> => {
  const rows = await db
    .selectFrom('knowledge_articles as one')
    .leftJoin('knowledge_versions as out', (join) =>
      join.onRef('out.article', '=', 'one.id').onRef('out.version', '=', 'one.published_version'),
    )
    .select(['one.id', 'one.reader_cursor', 'out.version', 'out.content', 'out.life'])
    .where('one.reader_cursor', '>', after)
    .orderBy('one.reader_cursor')
    .limit(limit + 1)
    .execute();
  const changes = rows.slice(0, limit).map((row): ArticleChange => {
    const { id, reader_cursor: cursor, version, content, life } = row;
    const isOut = version !== null && content !== null && life?.state === 'published';
    return {
      cursor: cursor ?? after,
      article: id,
      published: isOut
        ? { id, version, content, validity: life.published.validity, publishedAt: life.published.at }
        : null,
    };
  });
  return { changes, cursor: changes.at(-1)?.cursor ?? after, more: rows.length > limit };
};
