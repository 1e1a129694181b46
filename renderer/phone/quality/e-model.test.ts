import { expect, test } from 'vitest';
import { mosOf, ratingOf } from './e-model.ts';

test.each([
  [90, 4.34],
  [80, 4.03],
  [70, 3.6],
  [60, 3.1],
  [50, 2.58],
] as const)('G.107 table B.1: R %i is a MOS of %f', (rating, mos) => {
  expect(Math.abs(mosOf(rating) - mos)).toBeLessThan(0.01);
});

test('G.107 all defaults: R 93.2, MOS 4.41', () => {
  const rating = ratingOf({ oneWayMs: 0, lossPercent: 0 });
  expect(rating).toBe(93.2);
  expect(mosOf(rating)).toBeCloseTo(4.41, 2);
});

test('MOS stays within 1 and 4.5 and never falls as R grows', () => {
  expect(mosOf(-5)).toBe(1);
  expect(mosOf(120)).toBe(4.5);
  for (let rating = 0; rating < 100; rating += 0.5) expect(mosOf(rating + 0.5)).toBeGreaterThanOrEqual(mosOf(rating));
});

test.each([
  // Ie-eff = 95 · Ppl / (Ppl + 25.1)
  [1, 3.64],
  [2, 7.01],
  [5, 15.78],
  [10, 27.07],
] as const)('G.113 loss of %i %% costs G.711 with concealment %f points of R', (lossPercent, points) => {
  expect(93.2 - ratingOf({ oneWayMs: 0, lossPercent })).toBeCloseTo(points, 2);
});

test.each([
  [100, 0],
  // Idd with X = log2(Ta / 100); G.107 at 400 ms: R falls to 69.
  [150, 0.16],
  [200, 3.04],
  [300, 14.76],
  [400, 24.07],
] as const)('G.107 a delay of %i ms costs %f points of R', (oneWayMs, points) => {
  expect(93.2 - ratingOf({ oneWayMs, lossPercent: 0 })).toBeCloseTo(points, 2);
});
