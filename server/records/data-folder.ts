import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** The folder that holds all the server keeps, taken by this process alone until it ends. */
export interface DataFolder {
  readonly path: string;
  readonly release: () => Promise<void>;
}

/**
 * Two servers on one folder would ruin the embedded records. The mark is a name the kernel frees
 * when its holder ends, however it ends: there is no stale lock after a kill.
 */
export const takeDataFolder = async (path: string): Promise<DataFolder> => {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const name = `zuoxi-${createHash('sha256')
    .update(await realpath(path))
    .digest('hex')
    .slice(0, 32)}`;
  const mark = createServer();
  await new Promise<void>((resolve, reject) => {
    mark.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`another server works in ${path}`) : error),
    );
    mark.listen(process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : `\0${name}`, resolve);
  });
  mark.unref();
  return {
    path,
    release: () => new Promise((resolve) => mark.close(() => resolve())),
  };
};

/** The key access tokens are signed with: made at the first start, readable by the server alone. */
export const readTokenKey = (folder: string): Promise<Buffer> =>
  readKey(join(folder, 'access-token.key'), 'remove it, and every desk signs in again');

/** The key that seals the deposited keys of desks' caches; made and kept as the other. */
export const readCacheKeysKey = (folder: string): Promise<Buffer> =>
  readKey(join(folder, 'cache-keys.key'), 'put it back from a backup, or no desk gets its deposited key any more');

const readKey = async (file: string, remedy: string): Promise<Buffer> => {
  const known = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (known?.length === keyBytes) return known;
  if (known) throw new Error(`${file} does not hold a key: ${remedy}`);
  const key = randomBytes(keyBytes);
  const fresh = `${file}.new`;
  await rm(fresh, { force: true });
  const handle = await open(fresh, 'wx', 0o600);
  await handle.writeFile(key);
  await handle.sync();
  await handle.close();
  await link(fresh, file);
  await rm(fresh);
  return key;
};

const keyBytes = 32;
