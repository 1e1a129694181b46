import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFileIn, cachePath } from '../../vault/cache-file.ts';
import { flushFolder, wipeFile } from '../../vault/flushed-file.ts';
import { salvageOutbox } from './salvage-outbox.ts';
import { readUnsentWork, sparePath, type UnsentRow, writeUnsentWork } from './unsent-work.ts';

/** What became of a damaged cache. */
export interface Repair {
  /** Unsent operations that were saved; they wait in a file until somebody is signed in. */
  readonly salvaged: number;
  /** Places in the outbox that could not be read; null: nobody can say how many. */
  readonly unreadable: number | null;
  /** Where the damaged file was put, encrypted as it was; null: it was not encrypted, and is gone. */
  readonly movedTo: string | null;
}

/**
 * Saves what can be read of a damaged cache's outbox into a file, and puts the cache out of the way. Ended
 * in the middle it is done again: what is saved twice is taken in once.
 */
export const putDamagedAside = (folder: string, key: Uint8Array, now: number): Repair => {
  const path = cachePath(folder);
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  const isPlain = cacheFileIn(folder) === 'plain';
  const read = salvageOutbox(path, isPlain ? 'plain' : key);
  const rows = new Map<string, UnsentRow>();
  // The spare is older: it stands for those alone that cannot be read any more.
  for (const row of read.unreadable === 0 ? [] : (readUnsentWork(sparePath(folder), key) ?? [])) rows.set(row.id, row);
  for (const row of read.rows) rows.set(row.id, row);
  if (rows.size > 0) {
    const inOrder = [...rows.values()].sort((one, other) => one.seq - other.seq);
    writeUnsentWork(join(folder, `unsent-damaged-${stamp}.zuoxi`), inOrder, key);
  }
  if (isPlain) {
    // What anybody can read is not left lying about.
    for (const file of [path, `${path}-wal`]) if (existsSync(file)) wipeFile(file);
    return { salvaged: rows.size, unreadable: read.unreadable, movedTo: null };
  }
  const movedTo = join(folder, `damaged-${stamp}.db`);
  // The log first: one left behind would be worked into the new cache.
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${movedTo}-wal`);
  rmSync(`${path}-shm`, { force: true });
  renameSync(path, movedTo);
  flushFolder(folder);
  return { salvaged: rows.size, unreadable: read.unreadable, movedTo };
};
