import { type ExpressionBuilder, type Kysely, type RawBuilder, sql } from 'kysely';
import type { ArticlePage, ArticlePart } from '../../contract/knowledge.ts';
import type { Tables } from '../records/tables.ts';
import { isOpenState } from './article-rows.ts';
import { countUses, noUses } from './article-uses.ts';

const pageSize = 200;

/** What editors look through: last changed first, with how much stands in each part. */
export const listArticles = async (
  db: Kysely<Tables>,
  asked: { readonly part: ArticlePart; readonly title: string },
): Promise<ArticlePage> => {
  const rows = await db
    .selectFrom('knowledge_articles as one')
    .leftJoin('knowledge_versions as out', (join) =>
      join.onRef('out.article', '=', 'one.id').onRef('out.version', '=', 'one.published_version'),
    )
    .select(['one.id', 'one.title', 'one.open_state', 'one.source_form', 'one.source_number'])
    .select(['one.changed_by', 'one.changed_at', 'out.life'])
    .where((where) => inPart(where, asked.part))
    .where('one.title', 'ilike', `%${asked.title.replace(/[\\%_]/g, '\\$&')}%`)
    .orderBy('one.changed_at', 'desc')
    .orderBy('one.id')
    .limit(pageSize)
    .execute();
  const uses = await countUses(
    db,
    rows.map(({ id }) => id),
  );
  return {
    articles: rows.map((row) => ({
      id: row.id,
      title: row.title,
      openState: isOpenState(row.open_state) ? row.open_state : null,
      validity: row.life?.state === 'published' ? row.life.published.validity : null,
      source:
        row.source_form !== null && row.source_number !== null
          ? { form: row.source_form, number: row.source_number }
          : null,
      changedBy: row.changed_by,
      changedAt: row.changed_at,
      uses: uses.get(row.id) ?? noUses,
    })),
    counts: await countParts(db),
  };
};

type Where = ExpressionBuilder<{ one: Tables['knowledge_articles'] }, 'one'>;

const inPart = (where: Where, part: ArticlePart) => {
  switch (part) {
    case 'draft':
    case 'in-review':
    case 'approved':
      return where('one.open_state', '=', part);
    case 'published':
      return where('one.published_version', 'is not', null);
    case 'over':
      return where.and([where('one.published_version', 'is', null), where('one.open_state', 'is', null)]);
    default:
      return part satisfies never;
  }
};

const countParts = async (db: Kysely<Tables>): Promise<ArticlePage['counts']> => {
  const of = (condition: RawBuilder<boolean>) => db.fn.countAll<number>().filterWhere(condition);
  return db
    .selectFrom('knowledge_articles')
    .select([
      of(sql<boolean>`open_state = 'draft'`).as('draft'),
      of(sql<boolean>`open_state = 'in-review'`).as('in-review'),
      of(sql<boolean>`open_state = 'approved'`).as('approved'),
      of(sql<boolean>`published_version is not null`).as('published'),
      of(sql<boolean>`published_version is null and open_state is null`).as('over'),
    ])
    .executeTakeFirstOrThrow();
};
