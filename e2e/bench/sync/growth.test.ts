import { expect, test } from 'vitest';
import { exponentOf, judgeGrowth, type Series } from './growth.ts';

const points = (ms: (forms: number) => number) => [3_000, 30_000, 300_000].map((forms) => ({ forms, ms: ms(forms) }));
const judged = (wanted: Series['wanted'], ms: (forms: number) => number) =>
  judgeGrowth([{ name: 'it', wanted, points: points(ms) }])[0]?.passed;

test('P2 the exponent is that of the power', () => {
  expect(exponentOf(points((forms) => 7 * forms ** 1.5))).toBeCloseTo(1.5);
  expect(exponentOf(points(() => 4))).toBeCloseTo(0);
});

test('P2 n log n passes as such and as flat fails, n^1.3 fails', () => {
  expect(judged('n log n', (forms) => forms * Math.log(forms))).toBe(true);
  expect(judged('n log n', (forms) => forms ** 1.3)).toBe(false);
  expect(judged('n log n', (forms) => 1_000_000 + forms ** 1.5)).toBe(false);
  expect(judged('flat', (forms) => Math.log(forms) ** 3)).toBe(false);
  expect(judged('flat', (forms) => 5 + Math.log(forms) / 10)).toBe(true);
});
