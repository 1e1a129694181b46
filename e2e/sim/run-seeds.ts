import { addCounts, type Counts, noCounts } from './counts.ts';
import type { Planted } from './planted.ts';
import { World } from './world.ts';

export interface Broken {
  readonly seed: number;
  readonly what: string;
}

export interface SeedsRun {
  readonly seeds: number;
  readonly counts: Counts;
  readonly broken: readonly Broken[];
}

/** Worlds that are alive at once: one turn of the event loop brings an event to each. More of them no longer fit a cache. */
const atOnce = 4;

/** Runs a stretch of seeds; stops after the first that is broken, where asked to. */
export const runSeeds = async (stretch: {
  readonly from: number;
  readonly count: number;
  readonly planted?: Planted | undefined;
  readonly stopAtFirst?: boolean;
}): Promise<SeedsRun> => {
  const { from, count, planted, stopAtFirst = true } = stretch;
  const counts = noCounts();
  const broken: Broken[] = [];
  let next = from;
  let seeds = 0;
  let worlds: World[] = [];
  const hasMore = (): boolean => next < from + count && !(stopAtFirst && broken.length > 0);
  for (;;) {
    while (worlds.length < atOnce && hasMore()) {
      worlds.push(new World({ seed: next, planted }));
      next += 1;
    }
    if (worlds.length === 0) break;
    for (const world of worlds) world.step();
    await rest();
    let isAnyOver = false;
    for (const world of worlds) {
      if (!world.isOver()) continue;
      isAnyOver = true;
      seeds += 1;
      addCounts(counts, world.counts);
      if (world.broken !== undefined) broken.push({ seed: world.seed, what: world.broken });
    }
    if (isAnyOver) worlds = worlds.filter((world) => !world.isOver());
  }
  return { seeds, counts, broken: broken.sort((one, other) => one.seed - other.seed) };
};

/** All microtasks are done when this resolves: worlds share nothing, so what one does is the same beside any others. */
const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
