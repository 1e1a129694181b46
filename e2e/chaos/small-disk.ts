import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './is-alive.ts';

/** A disk of a few MiB, to be filled up: a tmpfs, which only root may mount. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves not a byte. */
  readonly fill: () => void;
  /** Takes away what `fill` has put there. */
  readonly makeRoom: () => void;
  readonly remove: () => void;
}

const prefix = 'zuoxi-disk-';

export const mountSmallDisk = (options: { readonly mebibytes: number }): SmallDisk => {
  removeOrphans();
  const folder = join(tmpdir(), `${prefix}${process.pid}-${Math.random().toString(36).slice(2)}`);
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${options.mebibytes}m,mode=0711`, 'zuoxi-test', folder]);
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: () => {
      const file = openSync(filler, 'a');
      try {
        // Smaller and smaller, to the last page.
        for (const bytes of [1 << 20, 1 << 16, 1 << 12, 1]) writeUntilFull(file, Buffer.alloc(bytes));
      } finally {
        closeSync(file);
      }
    },
    makeRoom: () => rmSync(filler, { force: true }),
    remove: () => removeDisk(folder),
  };
};

const writeUntilFull = (file: number, bytes: Buffer): void => {
  try {
    for (;;) writeSync(file, bytes);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
};

/** Lazily: whoever still has a file open there is being killed. */
const removeDisk = (folder: string): void => {
  execFileSync('umount', ['--lazy', folder]);
  rmSync(folder, { recursive: true, force: true });
};

/** Those of a run that was killed before it could clean up. */
const removeOrphans = (): void => {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(prefix))) {
    const owner = Number(name.slice(prefix.length).split('-', 1)[0]);
    if (isAlive(owner)) continue;
    removeDisk(join(tmpdir(), name));
  }
};
