import { statfsSync } from 'node:fs';
import { z } from 'zod';
import { isDiskFull } from '../disk-full.ts';

/** Why a cache does not open on this disk. */
export interface DiskFailure {
  readonly code: 'damaged' | 'read-only' | 'disk-full';
}

const coded = z.object({ code: z.string() });

/** What an error in opening a cache comes to; undefined: it is no matter of the disk's. */
export const diskFailureOf = (error: unknown, folder: string): DiskFailure | undefined => {
  if (isDiskFull(error)) return { code: 'disk-full' };
  const code = coded.safeParse(error).data?.code ?? '';
  if (isDamage(error)) return { code: 'damaged' };
  if (/^(SQLITE_READONLY|EROFS|EACCES|EPERM)/.test(code)) return { code: 'read-only' };
  // SQLite says no more than that a file beside the cache could not be made or written.
  if (/^SQLITE_(CANTOPEN|IOERR)/.test(code)) return { code: hasRoom(folder) ? 'read-only' : 'disk-full' };
  return undefined;
};

/** A page that is not what was written there, by its tag or by its content. */
export const isDamage = (error: unknown): boolean =>
  /^SQLITE_(CORRUPT|NOTADB)/.test(coded.safeParse(error).data?.code ?? '');

const hasRoom = (folder: string): boolean => {
  try {
    return statfsSync(folder).bavail > 16;
  } catch {
    return true;
  }
};
