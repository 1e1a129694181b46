import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectedWaitSeconds } from './expected-wait.ts';

const handled = (count: number, seconds: number) => Array.from({ length: count }, () => seconds);

test('A3 expected wait: each seat frees itself once a handling time', () => {
  const lastHour = { observedSeconds: 3_600, answered: 200, handlingSeconds: handled(200, 300) };
  expect(expectedWaitSeconds(1, 20, lastHour)).toBe(15);
  expect(expectedWaitSeconds(8, 20, lastHour)).toBe(120);
});

test('A3 expected wait before enough calls have ended: from the rate of answers', () => {
  expect(expectedWaitSeconds(2, 3, { observedSeconds: 600, answered: 10, handlingSeconds: handled(4, 20) })).toBe(120);
});

test('A3 nothing is promised where nothing is known', () => {
  expect(expectedWaitSeconds(1, 3, { observedSeconds: 60, answered: 0, handlingSeconds: [] })).toBeNull();
  expect(expectedWaitSeconds(1, 3, { observedSeconds: 0, answered: 0, handlingSeconds: [] })).toBeNull();
  expect(
    expectedWaitSeconds(1, 0, { observedSeconds: 3_600, answered: 50, handlingSeconds: handled(50, 100) }),
  ).toBeNull();
});

test('A3 property: further back is never sooner, more seats are never slower', () => {
  const anyHour = fc.record({
    observedSeconds: fc.integer({ min: 1, max: 3_600 }),
    answered: fc.integer({ min: 1, max: 500 }),
    handlingSeconds: fc.array(fc.integer({ min: 1, max: 3_600 })),
  });
  fc.assert(
    fc.property(anyHour, fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 50 }), (hour, place, seats) => {
      const wait = expectedWaitSeconds(place, seats, hour) ?? Number.NaN;
      expect(expectedWaitSeconds(place + 1, seats, hour)).toBeGreaterThanOrEqual(wait);
      expect(expectedWaitSeconds(place, seats + 1, hour)).toBeLessThanOrEqual(wait);
    }),
  );
});
