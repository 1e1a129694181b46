import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { scope } from '../../contract/sync.ts';
import { attachmentsIn } from './attachment-files.ts';
import type { Reads } from './database.ts';
import type { Cache } from './open-cache.ts';

const formFigures = z.object({ forms: z.int(), oldestChangeAt: z.int().nullable() });
const schemaRow = z.object({ user_version: z.int() });
const scopeRow = z.object({ scope: z.union([scope, z.literal('')]).nullable() });

export interface CacheFigures extends z.output<typeof formFigures> {
  /** Null: the centre has not told yet. */
  readonly scope: z.output<typeof scope> | null;
  readonly schema: number;
}

/** What stands in the cache, counted by its indexes alone: as quick with many forms as with few. */
export const readFigures = (reads: Reads): CacheFigures => ({
  ...(reads.first(
    formFigures,
    'SELECT count(*) AS forms, (SELECT min(changed_at) FROM forms) AS oldestChangeAt FROM forms',
  ) ?? {
    forms: 0,
    oldestChangeAt: null,
  }),
  scope: reads.first(scopeRow, 'SELECT scope FROM meta')?.scope || null,
  schema: reads.first(schemaRow, 'PRAGMA user_version')?.user_version ?? 0,
});

interface Sizes {
  /** Bytes, with SQLite's log. */
  readonly cacheSize: number;
  readonly attachments: { readonly count: number; readonly size: number };
}

/** What a cache takes of the disk. */
export const measureCache = async ({ folder }: Pick<Cache, 'folder'>): Promise<Sizes> => {
  const inCache = (await filesIn(folder)).filter((path) => path.startsWith('cache.db'));
  const attachments = await filesIn(attachmentsIn(folder));
  return {
    cacheSize: sum(await Promise.all(inCache.map((path) => sizeOf(join(folder, path))))),
    attachments: {
      count: attachments.length,
      size: sum(await Promise.all(attachments.map((path) => sizeOf(join(attachmentsIn(folder), path))))),
    },
  };
};

const filesIn = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name).slice(folder.length + 1));
};

/** A file that went meanwhile takes nothing. */
const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

const sum = (sizes: readonly number[]): number => sizes.reduce((all, size) => all + size, 0);
