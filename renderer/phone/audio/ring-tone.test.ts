import { expect, test } from 'vitest';
import { ringTone } from './ring-tone.ts';

const rms = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

test('the ring sounds for one second and rests for four', () => {
  const tone = ringTone(8000);
  expect(tone.length).toBe(40_000);
  expect(rms(tone.subarray(0, 8000))).toBeGreaterThan(0.3);
  expect(rms(tone.subarray(8000))).toBe(0);
});

test('the ring is 450 Hz and begins and ends without a click', () => {
  const tone = ringTone(8000);
  const crossings = tone
    .subarray(0, 8000)
    .reduce((count, sample, index, all) => count + (sample >= 0 && (all[index - 1] ?? 0) < 0 ? 1 : 0), 0);
  expect(Math.abs(crossings - 450)).toBeLessThanOrEqual(1);
  expect(Math.abs(tone[0] ?? 1)).toBeLessThan(0.01);
  expect(Math.abs(tone[7999] ?? 1)).toBeLessThan(0.01);
});
