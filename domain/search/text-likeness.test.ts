import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchable } from './searchable.fixture.ts';
import { likeness, shinglesOf, shingleWeight } from './text-likeness.ts';

const asked = (text: string, common: readonly string[] = []) =>
  new Map(Array.from(shinglesOf(text), (one) => [one, shingleWeight(common.includes(one) ? 900 : 3, 1_000)]));

test('J2 the same text is of likeness 1, one with nothing in common of 0', () => {
  const text = '建议营业厅增设老年人专用窗口';
  expect(likeness(asked(text), shinglesOf(text))).toBe(1);
  expect(likeness(asked(text), shinglesOf('宽带掉线'))).toBe(0);
  expect(likeness(asked(''), shinglesOf(text))).toBe(0);
});

test('J2 a beginning typed of a text is more like it than a text with other words', () => {
  const typed = asked('建议营业厅增设老年');
  const whole = likeness(typed, shinglesOf('建议营业厅增设老年人专用窗口，并配老花镜'));
  expect(whole).toBeGreaterThan(0.6);
  expect(whole).toBeGreaterThan(likeness(typed, shinglesOf('建议营业厅延长周末营业时间，并配停车位')));
});

test('J2 what rare words share counts for more than what everybody writes', () => {
  const typed = asked('客户反映石桥镇基站断网', ['客户', '户反', '反映']);
  expect(likeness(typed, shinglesOf('石桥镇基站故障'))).toBeGreaterThan(likeness(typed, shinglesOf('客户反映乱扣费')));
});

test('J2 likeness stands between 0 and 1, and leaving out a word of the other never takes it to 1', () => {
  fc.assert(
    fc.property(searchable, searchable, (one, other) => {
      const found = likeness(asked(one), shinglesOf(other));
      expect(found).toBeGreaterThanOrEqual(0);
      expect(found).toBeLessThanOrEqual(1);
      const lacks = [...shinglesOf(one)].some((shingle) => !shinglesOf(other).has(shingle));
      if (lacks) expect(found).toBeLessThan(1);
    }),
  );
});

test('J2 the rarer a shingle, the more it weighs, and never less than nothing', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.nat(10_000), fc.nat(10_000), (one, other, texts) => {
      const [rarer, commoner] = [Math.min(one, other), Math.max(one, other)];
      expect(shingleWeight(rarer, texts)).toBeGreaterThanOrEqual(shingleWeight(commoner, texts));
      expect(shingleWeight(commoner, texts)).toBeGreaterThanOrEqual(0);
    }),
  );
});
