import type { Cache } from '../../electron/cache/open-cache.ts';
import { openTestCache } from '../../electron/cache/testing/cache-with-desk.ts';
import { createDeskFiles, type DeskFiles } from '../../electron/files/desk-files.ts';
import type { FetchProgress } from '../../electron/files/file-fetcher.ts';
import { type Api, createApi } from '../../electron/sync/api.ts';
import type { TokenKeeper } from '../../electron/sync/token-keeper.ts';

/** The parts of a desk that carry files, without a screen, signed in with a token in hand. */
export interface FileDesk {
  readonly cache: Cache;
  readonly api: Api;
  readonly tokens: TokenKeeper;
  readonly files: DeskFiles;
  readonly now: () => number;
}

export const openFileDesk = (options: {
  readonly folder: string;
  readonly server: string;
  readonly accessToken: string;
  readonly onProgress?: (progress: FetchProgress) => void;
  readonly maxBytes?: number;
}): FileDesk => {
  const cache = openTestCache(options.folder);
  const api = createApi({ server: options.server, fetch });
  const tokens: TokenKeeper = {
    accessToken: async () => ({ ok: true, value: options.accessToken }),
    inHand: () => options.accessToken,
    discard: () => undefined,
    startAnew: () => undefined,
  };
  const files = createDeskFiles({
    cache,
    api,
    tokens,
    person: () => ({ staffNumber: '1001' }),
    now: Date.now,
    onProgress: options.onProgress ?? (() => undefined),
    ...(options.maxBytes === undefined ? {} : { maxBytes: options.maxBytes }),
  });
  return { cache, api, tokens, files, now: Date.now };
};
