import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Bytes by the SHA-256 that names them. */
export interface AttachmentFiles {
  /** Whole and flushed to the disk when this returns. */
  readonly keep: (bytes: Uint8Array) => string;
  /** Checked against their name: what the disk has spoiled is not given out, and may be kept anew. */
  readonly read: (sha256: string) => Uint8Array<ArrayBuffer> | undefined;
}

export const createAttachmentFiles = (folder: string): AttachmentFiles => {
  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256);
  return {
    keep: (bytes) => {
      const sha256 = hashOf(bytes);
      const path = pathOf(sha256);
      if (existsSync(path) && hashOf(readFileSync(path)) === sha256) return sha256;
      mkdirSync(dirname(path), { recursive: true });
      writeFlushed(`${path}.part`, bytes);
      renameSync(`${path}.part`, path);
      flushFolder(dirname(path));
      return sha256;
    },
    read: (sha256) => {
      const path = /^[0-9a-f]{64}$/.test(sha256) ? pathOf(sha256) : undefined;
      if (!path || !existsSync(path)) return undefined;
      const bytes = new Uint8Array(readFileSync(path));
      return hashOf(bytes) === sha256 ? bytes : undefined;
    },
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
