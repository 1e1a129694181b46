import { createHash, createHmac, type Hash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ok, type Result, refused } from '../../domain/result.ts';
import { flushFolder, replaceFile } from '../vault/flushed-file.ts';
import { deriveKey, seal, sealedMoreBytes, unseal } from '../vault/seal.ts';

/** Bytes by the SHA-256 that names them; on the disk neither they nor their name can be read without the key. */
export interface AttachmentFiles {
  /** Whole and flushed to the disk when this returns. */
  readonly keep: (bytes: Uint8Array) => string;
  /** Checked against their name: what the disk has spoiled is not given out, and may be kept anew. */
  readonly read: (sha256: string) => Uint8Array<ArrayBuffer> | undefined;
  /** Goes on where an earlier try for the same bytes ended. One at a time for one SHA-256. */
  readonly openPartial: (sha256: string, size: number) => PartialFile;
  /** The file and what is here of it; nothing where there is nothing. */
  readonly remove: (sha256: string) => void;
}

/** A file that comes piece by piece. */
export interface PartialFile {
  /** How many bytes are here; after a crash a multiple of 256 KiB. */
  readonly have: () => number;
  /** The bytes that follow, in pieces of any length. */
  readonly append: (piece: Uint8Array) => void;
  /**
   * Makes it a file that `read` gives. `incomplete`: more is to come, and what is here stays; `damaged`: these
   * were other bytes than their name says, and nothing of them stays.
   */
  readonly finish: () => Result<undefined, { readonly code: 'incomplete' | 'damaged' }>;
  /** Puts it down; what is here stays for the next try. */
  readonly close: () => void;
}

/** So much is sealed at a time: a file half fetched is taken up again at such a boundary. */
export const chunkBytes = 256 * 1024;
const sealedChunkBytes = chunkBytes + sealedMoreBytes;

const isName = (sha256: string): boolean => /^[0-9a-f]{64}$/.test(sha256);

/** Where they lie in a person's folder. */
export const attachmentsIn = (folder: string): string => join(folder, 'files');

export const createAttachmentFiles = (folder: string, dataKey: Uint8Array): AttachmentFiles => {
  const contentKey = deriveKey(dataKey, 'attachments');
  const nameKey = deriveKey(dataKey, 'names of attachments');
  const pathOf = (sha256: string): string => {
    if (!isName(sha256)) throw new Error('not a SHA-256');
    const name = createHmac('sha256', nameKey).update(sha256).digest('hex');
    return join(folder, name.slice(0, 2), name);
  };
  /** A chunk stands for its file, its place in it and the file's length, and opens nowhere else. */
  const contextOf = (sha256: string, size: number, at: number): string => `${sha256} ${size} ${at}`;

  const read = (sha256: string): Uint8Array<ArrayBuffer> | undefined => {
    if (!isName(sha256) || !existsSync(pathOf(sha256))) return undefined;
    const sealed = readFileSync(pathOf(sha256));
    const size = sealed.length - Math.ceil(sealed.length / sealedChunkBytes) * sealedMoreBytes;
    if (size < 0) return undefined;
    const bytes = new Uint8Array(size);
    for (let at = 0; at * chunkBytes < size; at += 1) {
      const chunk = sealed.subarray(at * sealedChunkBytes, (at + 1) * sealedChunkBytes);
      const opened = unseal(contentKey, chunk, contextOf(sha256, size, at));
      if (!opened) return undefined;
      bytes.set(opened, at * chunkBytes);
    }
    return hashOf(bytes) === sha256 ? bytes : undefined;
  };

  return {
    keep: (bytes) => {
      const sha256 = hashOf(bytes);
      if (read(sha256)) return sha256;
      const chunks: Buffer[] = [];
      for (let at = 0; at * chunkBytes < bytes.length; at += 1) {
        const chunk = bytes.subarray(at * chunkBytes, (at + 1) * chunkBytes);
        chunks.push(seal(contentKey, chunk, contextOf(sha256, bytes.length, at)));
      }
      const path = pathOf(sha256);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      replaceFile(path, Buffer.concat(chunks));
      return sha256;
    },
    read,
    openPartial: (sha256, size) => {
      const path = pathOf(sha256);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      return openPartialFile({
        path,
        sha256,
        size,
        sealChunk: (chunk, at) => seal(contentKey, chunk, contextOf(sha256, size, at)),
        unsealChunk: (sealed, at) => unseal(contentKey, sealed, contextOf(sha256, size, at)),
      });
    },
    remove: (sha256) => {
      for (const path of [pathOf(sha256), `${pathOf(sha256)}.part`]) rmSync(path, { force: true });
    },
  };
};

const openPartialFile = (of: {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  readonly sealChunk: (chunk: Uint8Array, at: number) => Uint8Array;
  readonly unsealChunk: (sealed: Uint8Array, at: number) => Uint8Array | undefined;
}): PartialFile => {
  const part = `${of.path}.part`;
  const file = openSync(part, existsSync(part) ? 'r+' : 'w+', 0o600);
  const hash = createHash('sha256');
  let chunks = takeUp(file, of.unsealChunk, hash);
  let open = true;
  /** What came and does not fill a chunk yet. */
  let rest = Buffer.alloc(0);
  const have = (): number => chunks * chunkBytes + rest.length;
  const write = (chunk: Uint8Array): void => {
    const sealed = of.sealChunk(chunk, chunks);
    const from = chunks * sealedChunkBytes;
    for (let written = 0; written < sealed.length; ) {
      written += writeSync(file, sealed, written, sealed.length - written, from + written);
    }
    hash.update(chunk);
    chunks += 1;
  };
  const close = (): void => {
    if (open) closeSync(file);
    open = false;
  };
  return {
    have,
    append: (piece) => {
      if (!open) throw new Error('put down already');
      rest = Buffer.concat([rest, piece]);
      while (rest.length >= chunkBytes) {
        write(rest.subarray(0, chunkBytes));
        rest = rest.subarray(chunkBytes);
      }
    },
    finish: () => {
      if (!open || have() < of.size) return refused({ code: 'incomplete' });
      const isWhole = have() === of.size;
      if (rest.length > 0) write(rest);
      if (!isWhole || hash.digest('hex') !== of.sha256) {
        close();
        rmSync(part);
        return refused({ code: 'damaged' });
      }
      fsyncSync(file);
      close();
      renameSync(part, of.path);
      flushFolder(dirname(of.path));
      return ok(undefined);
    },
    close,
  };
};

/** How many whole chunks are there and open; what follows them was torn and is cut off. */
const takeUp = (
  file: number,
  unsealChunk: (sealed: Uint8Array, at: number) => Uint8Array | undefined,
  hash: Hash,
): number => {
  const { size } = fstatSync(file);
  const sealed = Buffer.alloc(sealedChunkBytes);
  let chunks = 0;
  for (; (chunks + 1) * sealedChunkBytes <= size; chunks += 1) {
    readSync(file, sealed, 0, sealed.length, chunks * sealedChunkBytes);
    const opened = unsealChunk(sealed, chunks);
    if (!opened) break;
    hash.update(opened);
  }
  ftruncateSync(file, chunks * sealedChunkBytes);
  return chunks;
};

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
