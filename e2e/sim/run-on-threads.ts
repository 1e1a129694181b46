import { Worker } from 'node:worker_threads';
import { addCounts, noCounts } from './counts.ts';
import type { Planted } from './planted.ts';
import type { Broken, SeedsRun } from './run-seeds.ts';

export interface Stretch {
  readonly from: number;
  readonly count: number;
  readonly planted?: Planted | undefined;
}

const stretchSeeds = 250;

/** Runs seeds on several threads, a stretch at a time each; no new stretch begins after a broken one. */
export const runOnThreads = async (options: {
  readonly from: number;
  readonly count: number;
  readonly threads: number;
  readonly planted?: Planted | undefined;
  readonly onProgress?: (sum: SeedsRun) => void;
}): Promise<SeedsRun> => {
  const { from, count, threads, planted, onProgress } = options;
  const end = from + count;
  const counts = noCounts();
  const broken: Broken[] = [];
  let seeds = 0;
  let next = from;

  const nextStretch = (): Stretch | undefined => {
    if (next >= end || broken.length > 0) return undefined;
    const stretch = { from: next, count: Math.min(stretchSeeds, end - next), planted };
    next += stretch.count;
    return stretch;
  };
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./seeds-worker.ts', import.meta.url), { execArgv: [] });
      const goOn = (): void => {
        const stretch = nextStretch();
        if (stretch) worker.postMessage(stretch);
        else worker.terminate().then(() => resolve(), reject);
      };
      worker.on('error', reject);
      worker.on('message', (done: SeedsRun) => {
        seeds += done.seeds;
        addCounts(counts, done.counts);
        broken.push(...done.broken);
        onProgress?.({ seeds, counts, broken });
        goOn();
      });
      goOn();
    });

  await Promise.all(Array.from({ length: threads }, work));
  return { seeds, counts, broken: broken.sort((one, other) => one.seed - other.seed) };
};
