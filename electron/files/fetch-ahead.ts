import type { Database } from '../cache/database.ts';
import { gotArticleFile, wantedArticleFiles } from '../knowledge/article-files.ts';
import { type Beside, createBeside } from '../sync/beside.ts';
import { attachmentFile, type DeskFiles } from './desk-files.ts';
import { listHeldFiles } from './held-files.ts';

/** Files of forms in hand have so much of the store. */
const usualHeldBytes = 512 * 1024 * 1024;

/**
 * Brings files here before anybody opens them, so that they open with no network; to be looked at when the centre
 * answers and nothing waits for it.
 */
export const createFetchAhead = (parts: {
  readonly database: Database;
  readonly files: Pick<DeskFiles, 'bring' | 'isHere'>;
  readonly person: () => { readonly staffNumber: string };
  /** Nobody needs the line for more urgent things. */
  readonly isIdle: () => boolean;
  readonly heldBytes?: number;
}): Beside => {
  const { database, files } = parts;
  /** The centre does not have them, or has other bytes: whoever opens one asks again. */
  const inVain = new Set<string>();
  const wanted = (): readonly string[] =>
    database.read((reads) => {
      let bytes = 0;
      const held = listHeldFiles(reads, parts.person().staffNumber).filter(({ size }) => {
        bytes += size;
        return bytes <= (parts.heldBytes ?? usualHeldBytes);
      });
      return [...held.map(({ sha256 }) => sha256), ...wantedArticleFiles(reads)].filter((one) => !inVain.has(one));
    });

  /** False: what comes after it would not come either. */
  const bring = async (sha256: string, isStopped: () => boolean): Promise<boolean> => {
    const brought = await files.bring(attachmentFile(sha256));
    if (isStopped()) return false;
    if (brought.ok) database.write((writes) => gotArticleFile(writes, sha256));
    else if (['not-found', 'not-allowed', 'damaged'].includes(brought.error.code)) inVain.add(sha256);
    else return false;
    return true;
  };

  return createBeside(async (isStopped) => {
    for (const sha256 of wanted()) {
      if (isStopped() || !parts.isIdle() || !(await bring(sha256, isStopped))) return;
    }
  });
};
