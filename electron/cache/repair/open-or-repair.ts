import { join } from 'node:path';
import { ok, type Result, refused } from '../../../domain/result.ts';
import { cachePath } from '../../vault/cache-file.ts';
import { type Cache, openCache } from '../open-cache.ts';
import { putDamagedAside, type Repair } from './repair-cache.ts';
import { salvageOutbox } from './salvage-outbox.ts';
import { liftSuspicion } from './suspicion.ts';
import { writeUnsentWork } from './unsent-work.ts';

export type OpenFailure =
  | { readonly code: 'read-only' | 'disk-full' | 'damaged' }
  /** `file`: where the unsent work was written to for another desk or a newer program; null: there was none. */
  | { readonly code: 'newer-schema'; readonly found: number; readonly known: number; readonly file: string | null };

export interface Opened {
  readonly cache: Cache;
  readonly repair: Repair | undefined;
}

/**
 * Opens a person's cache. A damaged one is put aside, its unsent work saved, and a new one begun; one of a newer program
 * is left as it is, and its unsent work written to a file.
 */
export const openOrRepair = (
  folder: string,
  { key, staffNumber, now }: { readonly key: Uint8Array; readonly staffNumber: string; readonly now: number },
): Result<Opened, OpenFailure> => {
  const opened = openCache(folder, key);
  if (opened.ok) return ok({ cache: opened.value, repair: undefined });
  switch (opened.error.code) {
    case 'read-only':
    case 'disk-full':
      return refused(opened.error);
    case 'newer-schema': {
      const { found, known } = opened.error;
      const { rows } = salvageOutbox(cachePath(folder), key);
      const day = new Date(now).toISOString().slice(0, 10);
      const file = join(folder, `unsent-${staffNumber}-${day}.zuoxi`);
      if (rows.length > 0) writeUnsentWork(file, rows, key);
      return refused({ code: 'newer-schema', found, known, file: rows.length > 0 ? file : null });
    }
    case 'damaged': {
      const repair = putDamagedAside(folder, key, now);
      liftSuspicion(folder);
      const anew = openCache(folder, key);
      if (anew.ok) return ok({ cache: anew.value, repair });
      return anew.error.code === 'newer-schema' ? refused({ code: 'damaged' }) : refused(anew.error);
    }
  }
};
