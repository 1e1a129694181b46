import { z } from 'zod';
import { type CacheRules, keptSince, usualCacheRules } from '../../domain/sync/cache-rules.ts';
import type { Database, Writes } from './database.ts';
import { removeForm } from './form-row.ts';
import { inLots, type LotWork } from './in-lots.ts';
import { readMeta } from './meta.ts';

/** Forms that go in one transaction: some milliseconds. */
const lotSize = 200;

const idRow = z.object({ id: z.string() });
const countRow = z.object({ n: z.int() });

/** SQL: the centre has all of it, and nobody has to work on it, here or elsewhere. */
const isAtRest = `cursor IS NOT NULL AND desk = 'nobody' AND work_state NOT IN ('waiting', 'claimed') AND NOT EXISTS (
  SELECT 1 FROM outbox WHERE outbox.form = forms.id AND state IN ('pending', 'acknowledged', 'rejected'))`;

/**
 * Forgets some of the forms that the rules keep no longer, those last changed first of all first: what is too old, and
 * what is over the count. Nothing that is not at the centre goes. Answers how many went: fewer than a lot, it was all.
 */
export const evictForms = (writes: Writes, rules: CacheRules, now: number): { readonly isMore: boolean } => {
  const { n } = writes.first(countRow, 'SELECT count(*) AS n FROM forms') ?? { n: 0 };
  const over = Math.min(lotSize, Math.max(0, n - rules.mostForms));
  const oldest = (condition: string, limit: number, ...values: number[]) =>
    writes.all(
      idRow,
      `SELECT id FROM forms WHERE ${condition} AND ${isAtRest} ORDER BY changed_at, id DESC LIMIT ?`,
      ...[...values, limit],
    );
  const old = oldest('changed_at < ?', lotSize, keptSince(rules, now));
  const going = old.length >= over ? old : oldest('true', over);
  for (const { id } of going) removeForm(writes, id);
  return { isMore: going.length === lotSize };
};

/** Looks so often at most: age and count move slowly. */
const everyMs = 10 * 60_000;

/** Keeps the cache within what the centre has told it to keep. */
export const createEviction = (parts: {
  readonly database: Database;
  /** By the centre's clock. */
  readonly now: () => number;
  readonly onTrouble: (error: unknown) => void;
}): LotWork => {
  let doneAt = Number.NEGATIVE_INFINITY;
  return inLots({
    ...parts,
    doLot: () => {
      const now = parts.now();
      if (Math.abs(now - doneAt) < everyMs) return false;
      const rules = parts.database.read(readMeta).cache_rules ?? usualCacheRules;
      const { isMore } = parts.database.writeRepeatable((writes) => evictForms(writes, rules, now));
      if (!isMore) doneAt = now;
      return isMore;
    },
  });
};
