import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ok, type Result, refused } from '../../domain/result.ts';
import { type AttachmentStore, maxAttachmentBytes } from './attachment-store.ts';

/** Whose upload it is; each person at each desk has their own, so that nobody can spoil another's. */
export interface Uploader {
  readonly staffNumber: string;
  /** A UUID. */
  readonly device: string;
}

export interface UploadPart {
  readonly sha256: string;
  /** Of the whole file, in bytes. */
  readonly size: number;
  /** At which byte of the file what is sent begins. */
  readonly offset: number;
}

/** How far the centre has got with an upload: so many bytes, or the whole file, verified and kept. */
export interface UploadState {
  readonly have: number;
  readonly kept: boolean;
}

/**
 * `other-bytes`: all is there and has another SHA-256, or there is more of it than was said; what was there is thrown
 * away, and the upload begins at its first byte again.
 */
export type UploadRefusal = 'too-large' | 'other-bytes';

/** Files on their way up. What has arrived outlives a cut of the line and a restart of the server. */
export interface UploadParts {
  readonly have: (uploader: Uploader, sha256: string) => Promise<number>;
  /**
   * Takes the bytes in where the upload stands at `offset`, and else none: the answer tells where to go on. Resolves
   * too where the line was cut: what came before stays. A second connection ends the first.
   */
  readonly append: (
    uploader: Uploader,
    part: UploadPart,
    bytes: Readable,
  ) => Promise<Result<UploadState, UploadRefusal>>;
  /** Lets uploads go that nothing has been added to since `before` (server time in ms). */
  readonly prune: (before: number) => Promise<number>;
}

/** Of one person, at all desks: the one that has waited longest makes room. */
const maxPartsOfOne = 16;

interface Writer {
  readonly stop: () => void;
  readonly ended: Promise<unknown>;
}

export const openUploadParts = async (folder: string, store: Pick<AttachmentStore, 'adopt'>): Promise<UploadParts> => {
  await mkdir(folder, { recursive: true });
  const writers = new Map<string, Writer>();
  const homeOf = ({ staffNumber }: Uploader) => join(folder, staffNumber);
  const fileOf = (uploader: Uploader, sha256: string) => join(homeOf(uploader), `${sha256}.${uploader.device}`);

  const makeRoom = async (home: string): Promise<void> => {
    const files = await Promise.all((await readdir(home)).map((name) => partFile(join(home, name))));
    const idle = files.flatMap((one) => (one && !writers.has(one.file) ? [one] : [])).sort((a, b) => a.at - b.at);
    for (const { file } of idle.slice(0, Math.max(0, files.length - maxPartsOfOne + 1)))
      await rm(file, { force: true });
  };

  const write = async (
    uploader: Uploader,
    { sha256, size, offset }: UploadPart,
    bytes: Readable,
  ): Promise<Result<UploadState, UploadRefusal>> => {
    const file = fileOf(uploader, sha256);
    let have = await sizeOf(file);
    if (offset !== have) {
      bytes.resume();
      return ok({ have, kept: false });
    }
    await mkdir(homeOf(uploader), { recursive: true });
    if (have === 0) await makeRoom(homeOf(uploader));
    const handle = await open(file, 'a');
    try {
      for await (const chunk of untilCut(bytes)) {
        have += chunk.length;
        if (have > size) break;
        await handle.appendFile(chunk);
      }
      await handle.datasync();
    } finally {
      await handle.close();
    }
    if (have < size) return ok({ have, kept: false });
    const kept = have === size ? await store.adopt(sha256, file) : refused('other-bytes' as const);
    if (kept.ok) return ok({ have: size, kept: true });
    await rm(file, { force: true });
    return kept;
  };

  return {
    have: (uploader, sha256) => sizeOf(fileOf(uploader, sha256)),
    append: async (uploader, part, bytes) => {
      if (part.size > maxAttachmentBytes) return refused('too-large');
      const file = fileOf(uploader, part.sha256);
      // Most likely a connection that is dead without knowing it: the desk has come back on another.
      for (let other = writers.get(file); other; other = writers.get(file)) {
        other.stop();
        await other.ended;
      }
      const written = write(uploader, part, bytes).finally(() => writers.delete(file));
      writers.set(file, { stop: () => bytes.destroy(), ended: written.catch(() => undefined) });
      return written;
    },
    prune: async (before) => {
      let pruned = 0;
      for (const person of await readdir(folder)) {
        for (const name of await readdir(join(folder, person))) {
          const found = await partFile(join(folder, person, name));
          if (!found || found.at >= before || writers.has(found.file)) continue;
          await rm(found.file, { force: true });
          pruned += 1;
        }
      }
      return pruned;
    },
  };
};

/** What arrives before the line is cut, which is no error here. */
async function* untilCut(bytes: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) yield chunk;
  } catch {
    return;
  }
}

const partFile = async (file: string): Promise<{ readonly file: string; readonly at: number } | undefined> => {
  const found = await stat(file).catch(nothingThere);
  return found && { file, at: found.mtimeMs };
};

const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(nothingThere))?.size ?? 0;

const nothingThere = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== 'ENOENT') throw error;
};
