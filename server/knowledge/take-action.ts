import { sql, type Transaction } from 'kysely';
import { type ArticleAuthor, actOnArticle } from '../../domain/knowledge/act-on-article.ts';
import { type Article, publishedOf } from '../../domain/knowledge/article.ts';
import type { ArticleAction, ArticleRefusal } from '../../domain/knowledge/article-actions.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import { writeAudit } from '../records/audit.ts';
import { storable } from '../records/storable.ts';
import type { Tables } from '../records/tables.ts';
import { readArticle, writeArticle } from './article-rows.ts';

export interface ActionTaken {
  readonly article: Article;
  /** Where what agents read has changed; absent where it has not. */
  readonly cursor?: number;
}

/** One action in the caller's transaction, with its place in the audit. */
export const takeAction = async (
  transaction: Transaction<Tables>,
  action: ArticleAction,
  author: ArticleAuthor,
): Promise<Result<ActionTaken, ArticleRefusal>> => {
  const before = await readArticle(transaction, action.article, 'to-change');
  const done = actOnArticle(before, action, author);
  if (!done.ok) {
    // Asked again because the answer was lost on the way.
    const again = done.error.code === 'article-exists' && before?.createdBy === author.staffNumber;
    return again ? ok({ article: before }) : done;
  }
  const missing = 'content' in action ? await missingAttachment(transaction, action.content.attachments) : undefined;
  if (missing !== undefined) return refused({ code: 'attachment-missing', name: missing });
  const after = done.value;
  // Last, and for as short as can be: every other publisher waits for this row.
  const readerCursor = isReadAlike(before, after) ? undefined : await takeCursor(transaction);
  const written = await writeArticle(transaction, before, after, {
    by: author.staffNumber,
    at: author.now,
    readerCursor,
  });
  if (!written) return refused({ code: 'article-exists' });
  await writeAudit(transaction, {
    at: author.now,
    actor: author.staffNumber,
    action: `article-${action.kind}`,
    subject: after.id,
    details: { version: after.versions.at(-1)?.version, ...auditedOf(action) },
  });
  return ok({ article: after, ...(readerCursor === undefined ? {} : { cursor: readerCursor }) });
};

/** What the versions do not keep by themselves, or keep elsewhere. `jsonb` takes neither NUL nor half emoji. */
const auditedOf = (action: ArticleAction): Readonly<Record<string, unknown>> => ({
  ...('source' in action ? { form: action.source.form } : {}),
  ...('validity' in action ? { validity: action.validity } : {}),
  ...('reason' in action ? { reason: Buffer.from(storable(action.reason)).toString() } : {}),
});

const missingAttachment = async (
  transaction: Transaction<Tables>,
  attachments: Article['versions'][number]['content']['attachments'],
): Promise<string | undefined> => {
  if (attachments.length === 0) return undefined;
  const hashes = attachments.map(({ sha256 }) => sha256);
  const found = await transaction.selectFrom('attachments').select('sha256').where('sha256', 'in', hashes).execute();
  const kept = new Set(found.map(({ sha256 }) => sha256));
  return attachments.find(({ sha256 }) => !kept.has(sha256))?.name;
};

const isReadAlike = (before: Article | undefined, after: Article): boolean =>
  (before && publishedOf(before)?.version) === publishedOf(after)?.version;

/** The next transaction that takes one waits for this one's end: cursors become visible in their own order. */
const takeCursor = async (transaction: Transaction<Tables>): Promise<number> => {
  const { cursor } = await transaction
    .updateTable('knowledge_cursor')
    .set({ cursor: sql`cursor + 1` })
    .returning('cursor')
    .executeTakeFirstOrThrow();
  return cursor;
};
