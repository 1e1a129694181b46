import type { Database } from '../cache/database.ts';
import { gotArticleFile, wantedArticleFiles } from '../knowledge/article-files.ts';
import { attachmentFile, type DeskFiles } from './desk-files.ts';
import { listHeldFiles } from './held-files.ts';

/** Brings files here before anybody opens them, so that they open with no network. */
export interface FetchAhead {
  /** The centre answers and nothing waits for it: a good moment. Resolves when all that could come has come. */
  readonly look: () => Promise<void>;
  /** Resolves when nothing is under way any more. */
  readonly stop: () => Promise<void>;
}

/** Files of forms in hand have so much of the store. */
const usualHeldBytes = 512 * 1024 * 1024;

export const createFetchAhead = (parts: {
  readonly database: Database;
  readonly files: Pick<DeskFiles, 'bring' | 'isHere'>;
  readonly person: () => { readonly staffNumber: string };
  /** Nobody needs the line for more urgent things. */
  readonly isIdle: () => boolean;
  readonly heldBytes?: number;
}): FetchAhead => {
  const { database, files } = parts;
  /** The centre does not have them, or has other bytes: whoever opens one asks again. */
  const inVain = new Set<string>();
  let running: Promise<void> | undefined;
  let stopped = false;

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
  const bring = async (sha256: string): Promise<boolean> => {
    const brought = await files.bring(attachmentFile(sha256));
    if (stopped) return false;
    if (brought.ok) database.write((writes) => gotArticleFile(writes, sha256));
    else if (['not-found', 'not-allowed', 'damaged'].includes(brought.error.code)) inVain.add(sha256);
    else return false;
    return true;
  };

  const run = async (): Promise<void> => {
    for (const sha256 of wanted()) {
      if (stopped || !parts.isIdle() || !(await bring(sha256))) return;
    }
  };

  return {
    look: async () => {
      if (stopped) return;
      running ??= run().finally(() => {
        running = undefined;
      });
      await running;
    },
    stop: async () => {
      stopped = true;
      await running;
    },
  };
};
