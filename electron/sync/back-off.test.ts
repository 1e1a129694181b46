import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOffMs } from './back-off.ts';

test('waits double up to the cap, half of each left to chance', () => {
  expect([1, 2, 3, 9].map((attempt) => backOffMs(attempt, () => 1))).toEqual([1_000, 2_000, 4_000, 30_000]);
  expect(backOffMs(1, () => 0)).toBe(500);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      const ms = backOffMs(attempt, () => chance);
      return ms >= 500 && ms <= 30_000;
    }),
  );
});
