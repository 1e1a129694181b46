import { expect, test } from 'vitest';
import { retryDelayMs } from './retry-schedule.ts';

test('the wait doubles and is never above 30 s', () => {
  const longest = Array.from({ length: 12 }, (_, index) => retryDelayMs(index + 1, 0.999_999));
  expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000, 30_000, 30_000]);
});

test('RFC 5626 half of the wait is left to chance', () => {
  expect(retryDelayMs(4, 0)).toBe(2000);
  expect(retryDelayMs(4, 0.5)).toBe(3000);
  expect(retryDelayMs(2000, 0)).toBe(15_000);
});
