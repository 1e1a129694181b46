import { z } from 'zod';
import type { Reads, Writes } from '../cache/database.ts';

const fileRow = z.object({ sha256: z.string() });

/** Puts a file of an article on the list of those to be fetched. */
export const wantFile = (writes: Writes, sha256: string): void =>
  writes.run('INSERT INTO article_files (sha256) VALUES (?) ON CONFLICT (sha256) DO NOTHING', sha256);

/** In the order they were put on it. */
export const wantedArticleFiles = (reads: Reads): readonly string[] =>
  reads.all(fileRow, 'SELECT sha256 FROM article_files ORDER BY rowid').map(({ sha256 }) => sha256);

export const gotArticleFile = (writes: Writes, sha256: string): void =>
  writes.run('DELETE FROM article_files WHERE sha256 = ?', sha256);
