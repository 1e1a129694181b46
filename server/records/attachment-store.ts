import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { ok, type Result, refused } from '../../domain/result.ts';

export const maxAttachmentBytes = 20 * 1024 * 1024;

/** Bytes by their SHA-256, as files: a name once there always holds exactly those bytes. */
export interface AttachmentStore {
  /** On the disk, checked against its name, when it resolves; answers the size in bytes. */
  readonly keep: (sha256: string, bytes: Readable) => Promise<Result<number, 'too-large' | 'other-bytes'>>;
  /** Takes a file of the same disk as its own, checked as in `keep`; refused, it stays where it is. */
  readonly adopt: (sha256: string, file: string) => Promise<Result<number, 'other-bytes'>>;
  /** Nothing where there is nothing; whether anybody still needs them is the caller's to know. */
  readonly remove: (sha256: string) => Promise<void>;
  /** In bytes; undefined: not there. */
  readonly sizeOf: (sha256: string) => Promise<number | undefined>;
  /** `size` is the whole file's; `bytes` are those of the range, or all. */
  readonly read: (
    sha256: string,
    range?: ByteRange,
  ) => Promise<{ readonly size: number; readonly bytes: Readable } | undefined>;
}

/** From the first to the last byte, both counted in. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

export const openAttachmentStore = async (folder: string): Promise<AttachmentStore> => {
  const incoming = join(folder, 'incoming');
  await mkdir(incoming, { recursive: true });
  // What a kill left half received; its desk sends it again.
  for (const left of await readdir(incoming)) await rm(join(incoming, left));

  // Two letters a folder: a hundred thousand files in one are slow to list and to back up.
  const fileOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256);
  const putInPlace = async (arrived: string, sha256: string): Promise<void> => {
    const file = fileOf(sha256);
    await mkdir(dirname(file), { recursive: true });
    await rename(arrived, file);
    await syncFolder(dirname(file));
    await syncFolder(folder);
  };
  const sizeOf = async (sha256: string): Promise<number | undefined> => {
    const found = await stat(fileOf(sha256)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    return found?.size;
  };
  return {
    keep: async (sha256, bytes) => {
      const arriving = join(incoming, randomUUID());
      try {
        const received = await receive(arriving, bytes);
        if (!received.ok) return received;
        if (received.value.sha256 !== sha256) return refused('other-bytes');
        await putInPlace(arriving, sha256);
        return ok(received.value.size);
      } finally {
        await rm(arriving, { force: true });
      }
    },
    adopt: async (sha256, file) => {
      if ((await hashOfFile(file)) !== sha256) return refused('other-bytes');
      const { size } = await stat(file);
      await putInPlace(file, sha256);
      return ok(size);
    },
    remove: (sha256) => rm(fileOf(sha256), { force: true }),
    sizeOf,
    read: async (sha256, range) => {
      const size = await sizeOf(sha256);
      if (size === undefined) return undefined;
      const part = range && { start: range.first, end: range.last };
      return { size, bytes: createReadStream(fileOf(sha256), part) };
    },
  };
};

const receive = async (
  file: string,
  bytes: Readable,
): Promise<Result<{ readonly size: number; readonly sha256: string }, 'too-large'>> => {
  const hash = createHash('sha256');
  let size = 0;
  const handle = await open(file, 'wx');
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxAttachmentBytes) return refused('too-large');
      hash.update(chunk);
      await handle.write(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return ok({ size, sha256: hash.digest('hex') });
};

export const hashOfFile = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
};

/** A rename is only on the disk when its folder is. Windows has no such call, nor the need. */
const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
