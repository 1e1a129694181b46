import { z } from 'zod';
import type { AttachmentFiles } from '../cache/attachment-files.ts';
import type { Database, Reads, Writes } from '../cache/database.ts';
import { listHeldFiles } from './held-files.ts';

const fileRow = z.object({ sha256: z.string(), size: z.int() });
const sumRow = z.object({ bytes: z.int() });

/** Notes that a file is in the store and was used now (ms of any one clock). */
export const noteUse = (writes: Writes, file: { readonly sha256: string; readonly size: number }, now: number): void =>
  writes.run(
    `INSERT INTO kept_files (sha256, size, used_at) VALUES (?, ?, ?)
     ON CONFLICT (sha256) DO UPDATE SET size = excluded.size, used_at = excluded.used_at`,
    ...[file.sha256, file.size, now],
  );

export const isKept = (reads: Reads, sha256: string): boolean =>
  reads.first(fileRow, 'SELECT sha256, size FROM kept_files WHERE sha256 = ?', sha256) !== undefined;

export const keptBytes = (reads: Reads): number =>
  reads.first(sumRow, 'SELECT coalesce(sum(size), 0) AS bytes FROM kept_files')?.bytes ?? 0;

/**
 * Lets the files go that were not used for longest until those left have `maxBytes` together. Never what the centre
 * does not have yet, and never what is fetched ahead: files of articles, and of forms in this person's hands.
 */
export const evictFiles = (
  { database, files }: { readonly database: Database; readonly files: Pick<AttachmentFiles, 'remove'> },
  person: string,
  maxBytes: number,
): readonly string[] => {
  let over = database.read(keptBytes) - maxBytes;
  if (over <= 0) return [];
  const gone: string[] = [];
  const held = new Set(database.read((reads) => listHeldFiles(reads, person)).map(({ sha256 }) => sha256));
  for (const { sha256, size } of database.read(oldestFirst)) {
    if (over <= 0) break;
    if (held.has(sha256)) continue;
    // The file first: a kill between leaves a row for nothing, which the next use sets right.
    files.remove(sha256);
    database.write((writes) => writes.run('DELETE FROM kept_files WHERE sha256 = ?', sha256));
    gone.push(sha256);
    over -= size;
  }
  return gone;
};

const oldestFirst = (reads: Reads) =>
  reads.all(
    fileRow,
    `SELECT sha256, size FROM kept_files
     WHERE sha256 NOT IN (SELECT sha256 FROM attachments WHERE uploaded = 0)
       AND sha256 NOT IN (SELECT file.value ->> '$.sha256' FROM articles, json_each(articles.article, '$.content.attachments') AS file)
     ORDER BY used_at`,
  );
