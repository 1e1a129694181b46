import { expect, test } from 'vitest';
import { type Duty, dutyOf, usualBlend } from './blend.ts';

const walk = (loads: readonly number[]): readonly Duty[] => {
  let duty: Duty = 'reserve';
  return loads.map((text) => {
    duty = dutyOf(['text-clerk'], duty, { text, recording: 99 }, usualBlend);
    return duty;
  });
};

test('A10 a clerk takes calls until the own queue is full, and again once it is nearly empty', () => {
  expect(walk([0, 4, 5, 3, 2, 1, 4])).toEqual([
    ...['reserve', 'reserve', 'own-queue', 'own-queue', 'own-queue', 'reserve', 'reserve'],
  ]);
});

test('A10 clerks look at their own inbox, both where they work both; agents always take calls', () => {
  const load = { text: 3, recording: 3 };
  expect(dutyOf(['recording-clerk'], 'reserve', { text: 99, recording: 0 }, usualBlend)).toBe('reserve');
  expect(dutyOf(['text-clerk', 'recording-clerk'], 'reserve', load, usualBlend)).toBe('own-queue');
  expect(dutyOf(['text-clerk', 'junior-agent'], 'calls', { text: 99, recording: 99 }, usualBlend)).toBe('calls');
  expect(dutyOf(['senior-agent'], 'calls', load, usualBlend)).toBe('calls');
});
