import { expect, test } from 'vitest';
import { planted } from './planted.ts';
import { runSeeds } from './run-seeds.ts';

const withinSeeds = 2_000;

test.each(planted)('a fault put in on purpose (%s) is found within 2,000 seeds', async (fault) => {
  const { broken } = await runSeeds({ from: 1, count: withinSeeds, planted: fault });
  console.info(`${fault}: seed ${broken[0]?.seed}: ${broken[0]?.what}`);
  expect(broken).not.toEqual([]);
  expect(broken[0]?.seed).toBeLessThanOrEqual(withinSeeds);
  // It is the fault that is found, not the world it was put into.
  const { broken: without } = await runSeeds({ from: broken[0]?.seed ?? 0, count: 1 });
  expect(without).toEqual([]);
});
