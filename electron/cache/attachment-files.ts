import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ok, type Result, refused } from '../../domain/result.ts';

/** Bytes by the SHA-256 that names them. */
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
  /** How many bytes are here. */
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

export const createAttachmentFiles = (folder: string): AttachmentFiles => {
  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256);
  return {
    keep: (bytes) => {
      const sha256 = hashOf(bytes);
      const path = pathOf(sha256);
      if (existsSync(path) && hashOf(readFileSync(path)) === sha256) return sha256;
      mkdirSync(dirname(path), { recursive: true });
      writeFlushed(`${path}.new`, bytes);
      renameSync(`${path}.new`, path);
      flushFolder(dirname(path));
      return sha256;
    },
    read: (sha256) => {
      const path = /^[0-9a-f]{64}$/.test(sha256) ? pathOf(sha256) : undefined;
      if (!path || !existsSync(path)) return undefined;
      const bytes = new Uint8Array(readFileSync(path));
      return hashOf(bytes) === sha256 ? bytes : undefined;
    },
    openPartial: (sha256, size) => {
      mkdirSync(dirname(pathOf(sha256)), { recursive: true });
      return openPartialFile(pathOf(sha256), sha256, size);
    },
    remove: (sha256) => {
      for (const path of [pathOf(sha256), `${pathOf(sha256)}.part`]) rmSync(path, { force: true });
    },
  };
};

const openPartialFile = (path: string, sha256: string, size: number): PartialFile => {
  const part = `${path}.part`;
  let file: number | undefined = openSync(part, 'a', 0o600);
  const hash = createHash('sha256');
  const before = readFileSync(part);
  hash.update(before);
  let have = before.length;
  const close = (): void => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  return {
    have: () => have,
    append: (piece) => {
      if (file === undefined) throw new Error('put down already');
      appendFileSync(file, piece);
      hash.update(piece);
      have += piece.length;
    },
    finish: () => {
      if (have < size || file === undefined) return refused({ code: 'incomplete' });
      if (have > size || hash.digest('hex') !== sha256) {
        close();
        rmSync(part);
        return refused({ code: 'damaged' });
      }
      fsyncSync(file);
      close();
      renameSync(part, path);
      flushFolder(dirname(path));
      return ok(undefined);
    },
    close,
  };
};

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const writeFlushed = (path: string, bytes: Uint8Array): void => {
  const file = openSync(path, 'w', 0o600);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/** A rename lasts once its folder is flushed; Windows neither needs nor allows that. */
const flushFolder = (path: string): void => {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};
