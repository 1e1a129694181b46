import { z } from 'zod';
import type { Reads, Writes } from '../cache/database.ts';
import { isDiskFull } from '../cache/disk-full.ts';
import type { Cache } from '../cache/open-cache.ts';
import type { Api } from '../sync/api.ts';
import { authorized } from '../sync/authorized.ts';
import type { TokenKeeper } from '../sync/token-keeper.ts';

const fileRow = z.object({ sha256: z.string() });

/** So many in one exchange: forms come first, and the next exchange is never far. */
const atOnce = 5;

/** Puts a file of an article on the list of those to be fetched. */
export const wantFile = (writes: Writes, sha256: string): void =>
  writes.run('INSERT INTO article_files (sha256) VALUES (?) ON CONFLICT (sha256) DO NOTHING', sha256);

const wantedFiles = (reads: Reads): readonly string[] =>
  reads.all(fileRow, 'SELECT sha256 FROM article_files ORDER BY rowid LIMIT ?', atOnce).map(({ sha256 }) => sha256);

/**
 * Fetches files of articles, some at a time, so that they can be opened offline. What does not come now comes
 * with a later exchange; that an exchange worked does not hang on it.
 */
export const fetchArticleFiles = async (parts: {
  readonly cache: Cache;
  readonly api: Api;
  readonly tokens: TokenKeeper;
}): Promise<void> => {
  const { cache, api, tokens } = parts;
  for (const sha256 of cache.database.read(wantedFiles)) {
    if (!cache.files.read(sha256)) {
      const fetched = await authorized(tokens, (accessToken) => api.getAttachment(sha256, accessToken));
      if (!fetched.ok && fetched.error.code !== 'not-found') return;
      if (fetched.ok && !keepIfRoom(cache, fetched.value)) return;
    }
    cache.database.write((writes) => writes.run('DELETE FROM article_files WHERE sha256 = ?', sha256));
  }
};

/** A full disk must not stop the exchange: forms need the little room there may be. */
const keepIfRoom = ({ files }: Cache, bytes: Uint8Array): boolean => {
  try {
    files.keep(bytes);
    return true;
  } catch (error) {
    if (isDiskFull(error)) return false;
    throw error;
  }
};
