import { expect, test } from 'vitest';
import { type Counted, counted } from './counts.ts';
import { runOnThreads } from './run-on-threads.ts';
import { replay, summaryOf, tableOf } from './tell.ts';

const seeds = 20_000;
/** The longest this may take anywhere that checks are run. */
const mostMs = 5 * 60_000;

/** Of each of these, at least one in so many seeds; of everything else one in twenty. */
const rarer: Partial<Record<Counted, number>> = {
  'numbers taken': 1_000,
  'numbers given twice': 1_000,
  'backups put back': 100,
  'cards offered again': 200,
  conflicts: 1_000,
};

test(
  `P2 ${seeds} worlds of desks, network, disks and a centre that all fail: no operation lost or doubled, all desks alike`,
  async () => {
    const begun = performance.now();
    const done = await runOnThreads({ from: 1, count: seeds, threads: 2 });
    console.info(`${tableOf(done.counts)}\n${summaryOf(done, performance.now() - begun)}`);
    const broken = done.broken.map(({ seed, what }) => `${what} (node e2e/sim/replay.ts --seed ${seed})`);
    expect(broken).toEqual([]);
    expect(done.seeds).toBe(seeds);
    // A simulator in which nothing goes wrong any more finds nothing.
    const tame = counted.filter((name) => done.counts[name] < seeds / (rarer[name] ?? 20));
    expect(tame).toEqual([]);
  },
  mostMs,
);

test('the same seed tells the same story', async () => {
  const tellOf = async (seed: number): Promise<string[]> => {
    const lines: string[] = [];
    await replay({ seed, trace: (line) => lines.push(line) });
    return lines;
  };
  const first = await tellOf(4_711);
  expect(first.length).toBeGreaterThan(20);
  expect(await tellOf(4_711)).toEqual(first);
});
