import { ok, type Result, refused } from '../../domain/result.ts';
import type { AttachmentFiles, PartialFile } from '../cache/attachment-files.ts';
import { isDiskFull } from '../cache/disk-full.ts';
import type { Api, ApiFailure, ArrivingBytes } from '../sync/api.ts';
import { authorized } from '../sync/authorized.ts';
import type { TokenKeeper } from '../sync/token-keeper.ts';

/** `damaged`: what came is not what its SHA-256 says, and nothing of it was kept. */
export type FetchFailure = ApiFailure | { readonly code: 'damaged' | 'disk-full' };

export interface WantedFile {
  readonly sha256: string;
  /** Where the centre gives it out. */
  readonly path: string;
}

export interface FetchProgress {
  readonly sha256: string;
  readonly have: number;
  readonly size: number;
}

/** Brings files of the centre to this desk. */
export interface FileFetcher {
  /**
   * In the desk's store, verified, when it resolves. What has come when the line breaks stays, also over a kill, and
   * the next call goes on behind it. Whoever asks for what is on its way waits for the same.
   */
  readonly fetch: (file: WantedFile) => Promise<Result<undefined, FetchFailure>>;
}

export const createFileFetcher = (parts: {
  readonly files: Pick<AttachmentFiles, 'openPartial'>;
  readonly api: Pick<Api, 'getBytes'>;
  readonly tokens: TokenKeeper;
  readonly onProgress: (progress: FetchProgress) => void;
  /** It is whole. */
  readonly onFetched: (file: { readonly sha256: string; readonly size: number }) => void;
}): FileFetcher => {
  const underWay = new Map<string, Promise<Result<undefined, FetchFailure>>>();

  const ask = ({ path, sha256 }: WantedFile, from: number): Promise<Result<ArrivingBytes, ApiFailure>> =>
    authorized(parts.tokens, (accessToken) => parts.api.getBytes(path, { from, etag: sha256 }, accessToken));

  const takeRest = async (
    file: WantedFile,
    size: number,
    partial: PartialFile,
  ): Promise<Result<undefined, FetchFailure>> => {
    for (let have = partial.have(); have < size; have = partial.have()) {
      const arriving = await ask(file, have);
      if (!arriving.ok) return arriving;
      // Another size under the same name: one of the two is not the file.
      if (arriving.value.size !== size || arriving.value.from > have) return refused({ code: 'damaged' });
      await takeIn(arriving.value, partial, (now) => parts.onProgress({ sha256: file.sha256, have: now, size }));
      if (partial.have() === have) return refused({ code: 'unreachable' });
    }
    return ok(undefined);
  };

  const fetchOnce = async (file: WantedFile): Promise<Result<'again' | 'whole', FetchFailure>> => {
    const { sha256 } = file;
    const first = await ask(file, 0);
    if (!first.ok) return first;
    const { size } = first.value;
    const partial = parts.files.openPartial(sha256, size);
    const hadBefore = partial.have();
    try {
      if (hadBefore > 0) first.value.bytes.cancel();
      else await takeIn(first.value, partial, (have) => parts.onProgress({ sha256, have, size }));
      const rest = await takeRest(file, size, partial);
      if (!rest.ok) return rest;
      const finished = partial.finish();
      if (finished.ok) {
        parts.onFetched({ sha256, size });
        return ok('whole');
      }
      // A power cut may have spoiled what was here; what comes now alone is judged once more.
      return hadBefore > 0 ? ok('again') : refused({ code: 'damaged' });
    } catch (error) {
      if (isDiskFull(error)) return refused({ code: 'disk-full' });
      throw error;
    } finally {
      partial.close();
    }
  };

  const fetch = async (file: WantedFile): Promise<Result<undefined, FetchFailure>> => {
    for (;;) {
      const done = await fetchOnce(file);
      if (!done.ok) return done;
      if (done.value === 'whole') return ok(undefined);
    }
  };

  return {
    fetch: (file) => {
      const running = underWay.get(file.sha256);
      if (running) return running;
      const fetched = fetch(file).finally(() => underWay.delete(file.sha256));
      underWay.set(file.sha256, fetched);
      return fetched;
    },
  };
};

/** What comes before the line is cut, behind what is here. */
const takeIn = async (
  { from, bytes }: ArrivingBytes,
  partial: PartialFile,
  onMore: (have: number) => void,
): Promise<void> => {
  let known = partial.have() - from;
  const pieces = bytes[Symbol.asyncIterator]();
  for (;;) {
    const next = await pieces.next().catch(() => undefined);
    if (!next || next.done) return;
    const fresh = next.value.subarray(known);
    known = Math.max(0, known - next.value.length);
    if (fresh.length > 0) {
      partial.append(fresh);
      onMore(partial.have());
    }
  }
};
