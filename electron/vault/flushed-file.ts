import { closeSync, fstatSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whoever reads the path finds the old content or the new one, whole; on the disk when this returns. */
export const replaceFile = (path: string, bytes: Uint8Array): void => {
  const fresh = `${path}.new`;
  writeFlushed(fresh, bytes);
  renameSync(fresh, path);
  flushFolder(dirname(path));
};

const writeFlushed = (path: string, bytes: Uint8Array): void => {
  const file = openSync(path, 'w', 0o600);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

export const flushFile = (path: string): void => {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/** A rename lasts once its folder is flushed; Windows neither needs nor allows that. */
export const flushFolder = (path: string): void => {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};

const wipeAtOnceBytes = 1_048_576;

/**
 * Overwrites a file before it is deleted, so that its text does not lie in the free blocks of an ordinary
 * file system. What a flash drive remaps by itself is beyond reach.
 */
export const wipeFile = (path: string): void => {
  const file = openSync(path, 'r+');
  try {
    const { size } = fstatSync(file);
    const zeros = Buffer.alloc(Math.min(size, wipeAtOnceBytes));
    for (let at = 0; at < size; ) at += writeSync(file, zeros, 0, Math.min(zeros.length, size - at), at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  rmSync(path);
};
