import type { Kysely } from 'kysely';
import type { Change } from '../../contract/sync.ts';
import type { Tables } from '../records/tables.ts';

export interface Pulled {
  readonly changes: readonly Change[];
  readonly cursor: number;
  readonly more: boolean;
}

/**
 * Changes after a cursor in commit order, a form only at its latest: states it has left behind are
 * of no use to a desk. `cursor` is where the next pull goes on.
 */
export const pullChanges = async (db: Kysely<Tables>, after: number, limit: number): Promise<Pulled> => {
  const rows = await db
    .selectFrom('forms')
    .select(['cursor', 'form'])
    .where('cursor', '>', after)
    .orderBy('cursor')
    .limit(limit + 1)
    .execute();
  const changes = rows.slice(0, limit);
  return { changes, cursor: changes.at(-1)?.cursor ?? after, more: rows.length > limit };
};
