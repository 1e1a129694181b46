import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { watch } from 'chokidar';
import type { Logger } from 'pino';
import { maxAttachmentBytes } from '../../records/attachment-store.ts';
import type { Scan, ScanTaken } from './take-scan.ts';

/** A folder that a fax server or a scanner writes into. */
export interface WatchedFolder {
  readonly stop: () => Promise<void>;
}

export interface WatchedFolderParts {
  readonly folder: string;
  readonly channel: Scan['channel'];
  readonly take: (scan: Scan) => Promise<ScanTaken>;
  readonly log: Logger;
  readonly onTaken: (taken: ScanTaken) => void;
  /** A file that has not grown for so long is whole. */
  readonly settledMs?: number;
}

const usualSettledMs = 2_000;
const againMs = 10_000;

/**
 * Takes each file once it is written in full, then moves it to `processed` or `problem` inside the folder.
 * One after another: a scanner's hundred pages are no hurry. `NAME.json` goes with the file it belongs to.
 */
export const watchFolder = async (parts: WatchedFolderParts): Promise<WatchedFolder> => {
  const { folder, log } = parts;
  const processed = join(folder, 'processed');
  const problem = join(folder, 'problem');
  for (const needed of [folder, processed, problem]) await mkdir(needed, { recursive: true });
  let isStopped = false;
  let queue: Promise<void> = Promise.resolve();
  const retries = new Set<NodeJS.Timeout>();

  const takeFile = async (file: string): Promise<void> => {
    if (isStopped) return;
    try {
      const scan = await readScan(file, parts.channel);
      if (!scan) return;
      const taken = await parts.take(scan);
      const into = taken.hasProblem ? problem : processed;
      await moveAside(`${file}.json`, into);
      await moveAside(file, into);
      parts.onTaken(taken);
    } catch (error) {
      log.error({ error, file: basename(file) }, 'a scan could not be taken, it is tried again');
      const retry = setTimeout(() => {
        retries.delete(retry);
        enqueue(file);
      }, againMs);
      retries.add(retry);
    }
  };
  const enqueue = (file: string): void => {
    queue = queue.then(() => takeFile(file));
  };

  const watcher = watch(folder, {
    depth: 0,
    ignored: (path, stats) => stats?.isFile() === true && isAside(path),
    awaitWriteFinish: { stabilityThreshold: parts.settledMs ?? usualSettledMs, pollInterval: 100 },
  });
  watcher.on('add', enqueue);
  watcher.on('error', (error) => log.error({ error }, 'the folder for scans cannot be watched'));
  return {
    stop: async () => {
      isStopped = true;
      for (const retry of retries) clearTimeout(retry);
      await watcher.close();
      await queue;
    },
  };
};

/** Sidecars, and what is still being written under a name of the writer's own. */
const isAside = (path: string): boolean =>
  basename(path).startsWith('.') || ['.json', '.tmp', '.part'].includes(extname(path).toLowerCase());

const readScan = async (file: string, channel: Scan['channel']): Promise<Scan | undefined> => {
  const found = await stat(file).catch(ifThere);
  if (!found?.isFile()) return undefined;
  const sidecar = await readFile(`${file}.json`, 'utf8').catch(ifThere);
  return {
    channel,
    fileName: basename(file),
    bytes: await readBeginning(file, Math.min(found.size, maxAttachmentBytes)),
    size: found.size,
    writtenAt: found.mtimeMs,
    sidecar,
  };
};

const readBeginning = async (file: string, length: number): Promise<Buffer> => {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

/** A second fax of the same name does not replace the first. */
const moveAside = async (file: string, folder: string): Promise<void> => {
  const name = basename(file);
  let target = join(folder, name);
  for (let count = 2; (await stat(target).catch(ifThere)) !== undefined; count += 1)
    target = join(folder, `${count}-${name}`);
  await rename(file, target).catch(ifThere);
};

const ifThere = (error: NodeJS.ErrnoException): undefined => {
  if (error.code === 'ENOENT') return undefined;
  throw error;
};
