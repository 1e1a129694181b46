import type { Operation } from '../../domain/forms/operations.ts';
import { filesToUpload, noteUploaded, noteUploadRefused } from '../cache/attachment-rows.ts';
import type { Cache } from '../cache/open-cache.ts';
import type { Api, ApiFailure } from '../sync/api.ts';
import { createBeside } from '../sync/beside.ts';
import type { TokenKeeper } from '../sync/token-keeper.ts';
import { uploadFile } from './upload-file.ts';

/** Brings the files of this desk up, beside the operations, so that a large one holds its own form and no other. */
export interface Uploads {
  /**
   * Of these operations, in their order, those that may go up now: not one whose file is not there yet, and nothing of
   * its form after it. Files that are missing are sent from now on, the smallest first.
   */
  readonly ready: (operations: readonly Operation[]) => readonly Operation[];
  /** Resolves when nothing is on its way any more. */
  readonly stop: () => Promise<void>;
}

/** Bytes refused for good must not hold their form: the centre judges the operation that names them. */
const forGood: readonly ApiFailure['code'][] = ['too-large', 'bad-request', 'other-bytes', 'not-found', 'not-allowed'];

export const createUploads = (parts: {
  readonly cache: Cache;
  readonly api: Api;
  readonly tokens: TokenKeeper;
  readonly now: () => number;
  /** What waited for a file may go up. */
  readonly onReady: () => void;
}): Uploads => {
  const { database, files } = parts.cache;
  const sending = createBeside(async (isStopped) => {
    const tried = new Set<string>();
    for (;;) {
      const next = database.read(filesToUpload).find((sha256) => !tried.has(sha256));
      if (next === undefined) return;
      tried.add(next);
      const sent = await uploadFile({ ...parts, files }, next);
      if (isStopped()) return;
      // What did not come up now goes on with the next exchange.
      if (!sent.ok && !forGood.includes(sent.error.code)) continue;
      database.write((writes) =>
        sent.ok ? noteUploaded(writes, next) : noteUploadRefused(writes, next, sent.error.code),
      );
      parts.onReady();
    }
  });

  return {
    ready: (operations) => {
      const missing = new Set(database.read(filesToUpload));
      if (missing.size === 0) return operations;
      void sending.look();
      const held = new Set<string>();
      return operations.filter((operation) => {
        if (operation.kind === 'form.attach' && missing.has(operation.payload.sha256)) held.add(operation.form);
        return !held.has(operation.form);
      });
    },
    stop: sending.stop,
  };
};
