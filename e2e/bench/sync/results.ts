import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
/** `KEEP=1` puts what a run has found where it is read by people; else it lies in `out/`. */
const folder = join(root, process.env['KEEP'] === '1' ? 'docs/bench' : 'out/bench-sync');

/** Writes what a run has found, and says where. */
export const keepResult = (name: string, text: string): void => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, text);
  console.log(`written: ${file}`);
};

/** What figures are worth depends on it. */
export const machine = (): string =>
  `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
