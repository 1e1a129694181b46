import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

const plainHeader = Buffer.from('SQLite format 3\0');

export const cachePath = (folder: string): string => join(folder, 'cache.db');

/** Whether there is a cache in the folder, and whether anybody could read it. */
export const cacheFileIn = (folder: string): 'absent' | 'plain' | 'encrypted' => {
  const begins = firstBytes(cachePath(folder));
  if (!begins || begins.length === 0) return 'absent';
  return begins.equals(plainHeader) ? 'plain' : 'encrypted';
};

const firstBytes = (path: string): Buffer | undefined => {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const begins = Buffer.alloc(plainHeader.length);
    return begins.subarray(0, readSync(file, begins, 0, begins.length, 0));
  } finally {
    closeSync(file);
  }
};
