import { z } from 'zod';
import { scope } from '../../contract/sync.ts';
import { measureCache, readFigures } from '../cache/cache-figures.ts';
import type { Reads } from '../cache/database.ts';
import { readMeta } from '../cache/meta.ts';
import type { Cache } from '../cache/open-cache.ts';
import { scrubLine } from './scrub-log.ts';

const counted = ['forms', 'outbox', 'attachments', 'articles', 'article_files', 'unindexed'] as const;

const size = z.int();

export const cacheReport = z.strictObject({
  schema: z.int(),
  scope: scope.nullable(),
  cursor: z.int(),
  nextSeq: z.int(),
  device: z.uuid(),
  deskNumber: z.int().nullable(),
  signedInOnline: z.boolean(),
  oldestChangeAt: z.int().nullable(),
  rows: z.record(z.enum(counted), z.int()),
  cacheSize: size,
  attachments: z.strictObject({ count: z.int(), size }),
  /** SQLite's own findings on the whole file; null: not asked for, as it takes its time. */
  damage: z.array(z.string()).nullable(),
});
export type CacheReport = z.output<typeof cacheReport>;

/** Figures of a cache; `checked`: with SQLite's look at every page. */
export const reportCache = async (cache: Cache, checked: boolean): Promise<CacheReport> => {
  const read = cache.database.read((reads) => {
    const { schema, oldestChangeAt, scope: kept } = readFigures(reads);
    const { cursor, next_seq: nextSeq, device, desk_number: deskNumber, person } = readMeta(reads);
    return {
      ...{ schema, oldestChangeAt, scope: kept, cursor, nextSeq, device, deskNumber },
      signedInOnline: person !== null,
      rows: countRows(reads),
      damage: checked ? lookForDamage(reads) : null,
    };
  });
  return { ...read, ...(await measureCache(cache)) };
};

const countRow = z.object({ n: z.int() });

const countRows = (reads: Reads): CacheReport['rows'] => {
  const rows = counted.map((table) => [table, reads.first(countRow, `SELECT count(*) AS n FROM ${table}`)?.n ?? 0]);
  return cacheReport.shape.rows.parse(Object.fromEntries(rows));
};

const mostFindings = 20;
const finding = z.object({ quick_check: z.string() });

/** `ok`, or what SQLite found, without values. */
const lookForDamage = (reads: Reads): string[] => {
  try {
    return reads.all(finding, `PRAGMA quick_check(${mostFindings})`).flatMap((row) => scrubLine(row.quick_check));
  } catch (error) {
    return [...scrubLine(String(error))];
  }
};
