import { attachmentPath } from '../../contract/http.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import { isDiskFull } from '../cache/disk-full.ts';
import type { Cache } from '../cache/open-cache.ts';
import { isRecording } from '../recordings/kept-recordings.ts';
import type { Api } from '../sync/api.ts';
import type { TokenKeeper } from '../sync/token-keeper.ts';
import { createFileFetcher, type FetchFailure, type FetchProgress, type WantedFile } from './file-fetcher.ts';
import { evictFiles, isKept, noteUse } from './kept-files.ts';

/** The files of this desk: those that are here, and those the centre has. */
export interface DeskFiles {
  /** From here, or fetched first; verified either way. */
  readonly open: (file: WantedFile) => Promise<Result<Uint8Array<ArrayBuffer>, FetchFailure>>;
  readonly openAttachment: (sha256: string) => Promise<Result<Uint8Array<ArrayBuffer>, FetchFailure>>;
  /** Makes it be here when it resolves. */
  readonly bring: (file: WantedFile) => Promise<Result<undefined, FetchFailure>>;
  readonly isHere: (sha256: string) => boolean;
  /** Keeps what was made here; throws where the disk is full. */
  readonly keep: (bytes: Uint8Array) => string;
  readonly drop: (sha256: string) => void;
}

/** As much as a desk keeps of what the centre has too. */
const usualMaxBytes = 2 * 1024 * 1024 * 1024;

export const attachmentFile = (sha256: string): WantedFile => ({ sha256, path: attachmentPath(sha256) });

export const createDeskFiles = (parts: {
  readonly cache: Cache;
  readonly api: Pick<Api, 'getBytes'>;
  readonly tokens: TokenKeeper;
  readonly person: () => { readonly staffNumber: string };
  readonly now: () => number;
  readonly onProgress: (progress: FetchProgress) => void;
  readonly maxBytes?: number;
}): DeskFiles => {
  const { cache, now, person } = parts;
  const { database, files } = cache;
  const noteFile = (file: { readonly sha256: string; readonly size: number }): void => {
    database.write((writes) => noteUse(writes, file, now()));
    evictFiles(cache, person().staffNumber, parts.maxBytes ?? usualMaxBytes);
  };
  const fetcher = createFileFetcher({ ...parts, files, onFetched: noteFile });
  const drop = (sha256: string): void => {
    files.remove(sha256);
    database.write((writes) => writes.run('DELETE FROM kept_files WHERE sha256 = ?', sha256));
  };

  const readHere = (sha256: string): Uint8Array<ArrayBuffer> | undefined => {
    const bytes = files.read(sha256);
    // Nobody is kept from a file because there is no room for a note of it.
    if (bytes) ignoreFullDisk(() => noteFile({ sha256, size: bytes.length }));
    return bytes;
  };
  const open = async (file: WantedFile): Promise<Result<Uint8Array<ArrayBuffer>, FetchFailure>> => {
    const here = readHere(file.sha256);
    if (here) return ok(here);
    const fetched = await fetcher.fetch(file);
    if (!fetched.ok) return fetched;
    const bytes = files.read(file.sha256);
    return bytes ? ok(bytes) : refused({ code: 'damaged' });
  };
  return {
    open,
    openAttachment: async (sha256) => {
      // Never past the audit.
      if (database.read((reads) => isRecording(reads, sha256))) return refused({ code: 'not-found' });
      return open(attachmentFile(sha256));
    },
    bring: async (file) => (database.read((reads) => isKept(reads, file.sha256)) ? ok(undefined) : fetcher.fetch(file)),
    isHere: (sha256) => database.read((reads) => isKept(reads, sha256)),
    keep: (bytes) => {
      const sha256 = files.keep(bytes);
      noteFile({ sha256, size: bytes.length });
      return sha256;
    },
    drop,
  };
};

const ignoreFullDisk = (work: () => void): void => {
  try {
    work();
  } catch (error) {
    if (!isDiskFull(error)) throw error;
  }
};
