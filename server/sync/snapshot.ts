import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Person } from '../../contract/http.ts';
import { type SnapshotHead, type snapshotEnd, syncVersion } from '../../contract/sync.ts';
import type { CacheRules } from '../../domain/sync/cache-rules.ts';
import { scopeOf } from '../../domain/sync/scope.ts';
import type { Tables } from '../records/tables.ts';
import { departmentAlone } from './department-alone.ts';
import { keptBounds, keptPages } from './kept-forms.ts';
import { headCursor } from './pull.ts';

export interface SnapshotParts {
  readonly db: Kysely<Tables>;
  readonly clock: () => number;
  readonly rules: CacheRules;
  readonly pageForms?: number;
}

/** Where a stream that broke off goes on. */
export interface SnapshotPlace {
  readonly head: number;
  readonly before: number;
}

export interface Snapshot {
  /** Lines of JSON by the page, the first the `SnapshotHead`, the last the end. */
  readonly lines: () => AsyncGenerator<string, void>;
}

const usualPageForms = 1_000;

/**
 * What a desk of this person is filled with. Undefined: the place to go on at lies beyond the end of the change log,
 * so it is of other records.
 *
 * Why nothing is missing though pages are read one after another and people go on working: a form has one cursor, that
 * of its latest change, and it only grows. At `head` all changes up to it are committed, and every change after it gets
 * a higher cursor. So a form that is not changed meanwhile has its place in the order and is met there once; one that
 * is changed, before its page is read or after, has a cursor above `head` from then on and comes by the pull that
 * follows. The same holds for a stream that is resumed later: what was below `before` and has not come is still
 * there, or has gone above `head`.
 */
export const openSnapshot = async (
  { db, clock, rules, pageForms = usualPageForms }: SnapshotParts,
  person: Pick<Person, 'roles' | 'department'>,
  place?: SnapshotPlace,
): Promise<Snapshot | undefined> => {
  const now = clock();
  const end = await headCursor(db);
  const { head, before } = place ?? { head: end, before: end + 1 };
  if (head > end) return undefined;
  const where = { rules, now, department: departmentAlone(person), head, before };
  const bounds = await keptBounds(db, where);
  const first: SnapshotHead = { syncVersion, scope: scopeOf(person), head, forms: bounds.forms, serverTime: now };
  return {
    lines: async function* () {
      yield `${JSON.stringify(first)}\n`;
      for await (const forms of keptPages(db, where, bounds, pageForms))
        yield forms.map(({ cursor, form }) => `{"cursor":${cursor},"form":${form}}\n`).join('');
      yield `${JSON.stringify({ end: true } satisfies z.infer<typeof snapshotEnd>)}\n`;
    },
  };
};
