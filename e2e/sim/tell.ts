import { type Counts, counted } from './counts.ts';
import type { SeedsRun } from './run-seeds.ts';
import { World, type WorldOptions } from './world.ts';

/** What seeds went through, a line for each kind of thing. */
export const tableOf = (counts: Counts): string =>
  counted.map((name) => `${name.padEnd(28)} ${counts[name].toLocaleString('en').padStart(14)}`).join('\n');

/** One line: how many seeds, how many broken, how fast. */
export const summaryOf = ({ seeds, broken }: SeedsRun, ms: number): string =>
  `${seeds.toLocaleString('en')} seeds, ${broken.length} broken, ${Math.round(ms / 1_000)} s, ${Math.round((seeds / ms) * 1_000)} seeds/s`;

/** Runs one seed alone, to its end, with every line of its trace told. */
export const replay = async (options: WorldOptions): Promise<World> => {
  const world = new World(options);
  while (!world.isOver()) {
    world.step();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return world;
};
