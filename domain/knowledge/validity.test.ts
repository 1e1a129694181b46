import { expect, test } from 'vitest';
import { chinaDay, standingOn } from './validity.ts';

test('D1 the day in China begins eight hours before that of Greenwich', () => {
  expect(chinaDay(Date.UTC(2026, 10, 24, 15, 59))).toBe('2026-11-24');
  expect(chinaDay(Date.UTC(2026, 10, 24, 16))).toBe('2026-11-25');
  expect(chinaDay(Date.UTC(2026, 11, 31, 16))).toBe('2027-01-01');
});

test('D1 both days of a validity belong to it', () => {
  const season = { from: '2026-11-24', to: '2026-11-30' };
  expect(standingOn(season, '2026-11-23')).toBe('not-yet');
  expect(standingOn(season, '2026-11-24')).toBe('valid');
  expect(standingOn(season, '2026-11-30')).toBe('valid');
  expect(standingOn(season, '2026-12-01')).toBe('over');
  expect(standingOn({ ...season, to: null }, '2099-01-01')).toBe('valid');
});
