import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Person } from '../../contract/http.ts';
import { type SnapshotHead, type snapshotEnd, syncVersion } from '../../contract/sync.ts';
import { type FormRules, formRowNames } from '../../domain/forms/form-row.ts';
import type { CacheRules } from '../../domain/sync/cache-rules.ts';
import { scopeOf } from '../../domain/sync/scope.ts';
import type { Tables } from '../records/tables.ts';
import { departmentAlone } from './department-alone.ts';
import { keptBounds, keptPages } from './kept-forms.ts';
import { packForms, packLines } from './pack-forms.ts';
import { headCursor } from './pull.ts';
import { readSegment, segmentsOf } from './snapshot-segments.ts';

export interface SnapshotParts {
  readonly db: Kysely<Tables>;
  readonly clock: () => number;
  readonly rules: CacheRules;
  /** What rows are reckoned by. */
  readonly formRules: FormRules;
  readonly pageForms?: number;
}

/** Where a stream that broke off goes on. */
export interface SnapshotPlace {
  readonly head: number;
  readonly before: number;
}

export interface Snapshot {
  /** Members of one gzip of JSON lines, the first with the `SnapshotHead`, the last with the end. */
  readonly members: () => AsyncGenerator<Uint8Array, void>;
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
 *
 * Most of it is prepared (snapshot-segments.ts): only what was changed since the last segment is read from the forms.
 */
export const openSnapshot = async (
  { db, clock, rules, formRules, pageForms = usualPageForms }: SnapshotParts,
  person: Pick<Person, 'roles' | 'department'>,
  place?: SnapshotPlace,
): Promise<Snapshot | undefined> => {
  const now = clock();
  const end = await headCursor(db);
  const { head, before } = place ?? { head: end, before: end + 1 };
  if (head > end) return undefined;
  const where = { rules, now, department: departmentAlone(person), head, before };
  const bounds = await keptBounds(db, where);
  const scope = scopeOf(person);
  const first: SnapshotHead = {
    ...{ syncVersion, scope, head, rowNames: formRowNames, forms: bounds.forms, serverTime: now },
  };
  return {
    members: async function* () {
      yield await packLines([JSON.stringify(first)]);
      // What is prepared is for those who see every form whole.
      const segments = scope === 'all' ? await segmentsOf(db, formRules) : [];
      const top = segments[0]?.hi ?? 0;
      const live = { ...where, from: top + 1 };
      for await (const forms of keptPages(db, live, bounds, pageForms)) yield await packForms(forms, formRules);
      for (const { hi, lo } of segments) {
        if (lo >= before || hi < bounds.closedFrom) continue;
        const packed = await readSegment(db, hi);
        if (packed) {
          yield packed;
          continue;
        }
        // It has just been packed anew with the one above, which was sent before that.
        const gone = { ...where, from: lo, before: Math.min(before, hi + 1) };
        for await (const forms of keptPages(db, gone, bounds, pageForms)) yield await packForms(forms, formRules);
      }
      if (top > 0) {
        const below = { ...where, before: Math.min(before, bounds.closedFrom, top + 1), from: 0 };
        for await (const forms of keptPages(db, below, bounds, pageForms)) yield await packForms(forms, formRules);
      }
      yield await packLines([JSON.stringify({ end: true } satisfies z.infer<typeof snapshotEnd>)]);
    },
  };
};
