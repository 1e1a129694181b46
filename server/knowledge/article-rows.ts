import type { Kysely, Transaction } from 'kysely';
import {
  type Article,
  type ArticleVersion,
  openVersion,
  publishedOf,
  type VersionState,
} from '../../domain/knowledge/article.ts';
import { storable } from '../records/storable.ts';
import type { Tables } from '../records/tables.ts';

/** With every version; locked for this transaction's end where one is given to change it. */
export const readArticle = async (
  db: Kysely<Tables>,
  id: string,
  how: 'to-read' | 'to-change',
): Promise<Article | undefined> => {
  const query = db.selectFrom('knowledge_articles').selectAll().where('id', '=', id);
  const row = await (how === 'to-change' ? query.forUpdate() : query).executeTakeFirst();
  if (!row) return undefined;
  const versions = await db
    .selectFrom('knowledge_versions')
    .selectAll()
    .where('article', '=', id)
    .orderBy('version')
    .execute();
  const { source_form: form, source_number: number } = row;
  return {
    id: row.id,
    revision: row.revision,
    source: form !== null && number !== null ? { form, number } : null,
    createdBy: row.created_by,
    createdAt: row.created_at,
    versions: versions.map((one) => ({
      version: one.version,
      content: one.content,
      authors: one.authors,
      writtenAt: one.written_at,
      life: one.life,
    })),
  };
};

/** Writes what has changed of an article; false where another was made under its id meanwhile. */
export const writeArticle = async (
  transaction: Transaction<Tables>,
  before: Article | undefined,
  after: Article,
  step: { readonly by: string; readonly at: number; readonly readerCursor: number | undefined },
): Promise<boolean> => {
  const row = {
    revision: after.revision,
    changed_by: step.by,
    changed_at: step.at,
    title: storable(after.versions.at(-1)?.content.zh.title ?? ''),
    open_state: openVersion(after)?.life.state ?? null,
    published_version: publishedOf(after)?.version ?? null,
    ...(step.readerCursor === undefined ? {} : { reader_cursor: step.readerCursor }),
  };
  if (before) await transaction.updateTable('knowledge_articles').set(row).where('id', '=', after.id).execute();
  else {
    const made = await transaction
      .insertInto('knowledge_articles')
      .values({
        id: after.id,
        source_form: after.source?.form ?? null,
        source_number: after.source?.number ?? null,
        created_by: after.createdBy,
        created_at: after.createdAt,
        reader_cursor: null,
        ...row,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) return false;
  }
  for (const version of after.versions) {
    if (before?.versions.includes(version)) continue;
    const values = columnsOf(version);
    await transaction
      .insertInto('knowledge_versions')
      .values({ article: after.id, version: version.version, ...values })
      .onConflict((conflict) => conflict.columns(['article', 'version']).doUpdateSet(values))
      .execute();
  }
  return true;
};

const columnsOf = ({ content, authors, writtenAt, life }: ArticleVersion) => ({
  content: JSON.stringify(content),
  authors: JSON.stringify(authors),
  written_at: writtenAt,
  life: JSON.stringify(life),
});

/** Where a version in this state is looked for by editors; the others are over or out. */
export const isOpenState = (state: VersionState | null): state is 'draft' | 'in-review' | 'approved' =>
  state === 'draft' || state === 'in-review' || state === 'approved';
