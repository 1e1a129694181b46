import type { Kysely } from 'kysely';
import type { ArticleActionKind } from '../../domain/knowledge/article-actions.ts';
import type { Tables } from './tables.ts';

/** What is worth proving later; the table takes no update and no delete. */
export type AuditAction =
  | 'signed-in'
  | 'sign-in-refused'
  | 'signed-out'
  | 'refresh-token-reused'
  | 'cache-key-deposited'
  | 'cache-key-recovered'
  | 'cache-key-refused'
  | 'staff-added'
  | 'recording-played'
  /** Its bytes, or some of them, went to a desk. */
  | 'recording-fetched'
  | 'forms-exported'
  | `article-${ArticleActionKind}`;

export interface AuditEntry {
  readonly at: number;
  readonly actor: string | null;
  readonly action: AuditAction;
  readonly subject: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export const writeAudit = async (db: Kysely<Tables>, entry: AuditEntry): Promise<void> => {
  await db
    .insertInto('audit')
    .values({ ...entry, details: JSON.stringify(entry.details ?? {}) })
    .execute();
};
