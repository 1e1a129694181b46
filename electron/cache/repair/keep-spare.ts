import { z } from 'zod';
import type { Cache } from '../open-cache.ts';
import { diskFailureOf } from './open-failure.ts';
import { sparePath, unsentRow, writeUnsentWork } from './unsent-work.ts';

const stateRow = z.object({ rows: z.int(), last: z.int().nullable() });
const unsent = "FROM outbox WHERE state IN ('pending', 'rejected')";
const usualEveryMs = 60_000;

/**
 * Keeps a second copy of what is unsent beside the cache, now, every minute in which it changed, and at the end: should
 * the cache be damaged where nothing can be read of it, this much is left.
 */
export const keepSpare = (
  { folder, database }: Cache,
  key: Uint8Array,
  everyMs = usualEveryMs,
): { readonly stop: () => void } => {
  let copied = '';
  const copy = (): void => {
    try {
      const state = JSON.stringify(
        database.read((reads) => reads.first(stateRow, `SELECT count(*) AS rows, max(seq) AS last ${unsent}`)),
      );
      if (state === copied) return;
      const rows = database.read((reads) => reads.all(unsentRow, `SELECT * ${unsent} ORDER BY seq`));
      writeUnsentWork(sparePath(folder), rows, key);
      copied = state;
    } catch (error) {
      // What keeps the spare from being written keeps no work from going on.
      if (!diskFailureOf(error, folder)) throw error;
    }
  };
  copy();
  const timer = setInterval(copy, everyMs).unref();
  return {
    stop: () => {
      clearInterval(timer);
      copy();
    },
  };
};
