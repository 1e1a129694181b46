import { z } from 'zod';
import type { SyncStatus } from '../../contract/ipc.ts';
import { isDiskFull } from '../cache/disk-full.ts';
import type { ApiFailure } from './api.ts';

type Trouble = SyncStatus['trouble'];

/** What a failure of the centre's means for the one at the desk; null: the line is away, which is told apart. */
export const troubleOf = ({ code }: ApiFailure): Trouble => {
  switch (code) {
    case 'unreadable':
    case 'bad-request':
    case 'too-large':
    case 'not-found':
    case 'other-bytes':
      return 'cannot-read-centre';
    case 'wrong-version':
      return 'wrong-version';
    case 'wrong-password':
    case 'not-signed-in':
    case 'not-allowed':
    case 'device-copied':
      return 'signed-out';
    case 'too-many-tries':
    case 'unreachable':
    case 'unavailable':
      return null;
    default:
      return code satisfies never;
  }
};

const readOnly = z.object({ code: z.string().regex(/^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_IOERR|EROFS|EACCES)/) });

/** What a disk that does not take a write is called; undefined: the error is none of the disk's. */
export const diskTrouble = (error: unknown): 'disk-full' | 'read-only' | undefined => {
  if (isDiskFull(error)) return 'disk-full';
  return readOnly.safeParse(error).success ? 'read-only' : undefined;
};

/** What the work gives; undefined where the disk would not take it. Whatever else goes wrong is thrown. */
export const unlessDiskTrouble = <Value>(work: () => Value): Value | undefined => {
  try {
    return work();
  } catch (error) {
    forgiveDisk(error);
    return undefined;
  }
};

/** For work that comes again by itself once the disk takes it: throws what is not the disk's. */
export const forgiveDisk = (error: unknown): void => {
  if (diskTrouble(error) === undefined) throw error;
};
