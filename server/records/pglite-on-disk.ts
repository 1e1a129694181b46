import { fsyncSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/**
 * PGlite whose commits are on the disk when they return. Its defaults are a browser's: fsync off,
 * and a file system that has none. A kill would lose nothing even so (the kernel holds what was
 * written); a power cut would.
 */
export const openPgliteOnDisk = async (folder: string, fsync: Fsync = fsyncSync): Promise<PGlite> => {
  mkdirSync(dirname(folder), { recursive: true });
  const pglite = new PGlite({
    fs: new SyncedFolder(folder, fsync),
    startParams: durableStart,
    relaxedDurability: false,
  });
  await pglite.waitReady;
  return pglite;
};

type Fsync = (fileDescriptor: number) => void;

/** `-F` is PostgreSQL's "no fsync"; `fdatasync`, its first choice, is an empty function in PGlite. */
const durableStart = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
];

class SyncedFolder extends NodeFS {
  readonly #fsync: Fsync;

  constructor(folder: string, fsync: Fsync) {
    super(folder);
    this.#fsync = fsync;
  }

  override async init(...parameters: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...parameters);
    const preRun = [
      ...(emscriptenOpts.preRun ?? []),
      ({ NODEFS }: { NODEFS: object }) => giveFsync(NODEFS, this.#fsync),
    ];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}

/** Emscripten's table of what can be done with an open file has a place for fsync and nothing in it. */
const giveFsync = (fileSystem: object, fsync: Fsync): void => {
  const operations: unknown = Reflect.get(fileSystem, 'stream_ops');
  if (typeof operations !== 'object' || operations === null) {
    throw new Error('this PGlite keeps its files in a way that cannot be made durable');
  }
  Reflect.set(operations, 'fsync', (stream: { readonly nfd?: number }) => {
    if (stream.nfd !== undefined) fsync(stream.nfd);
    return 0;
  });
};
