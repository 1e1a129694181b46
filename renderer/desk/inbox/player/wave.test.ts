import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinWaves, peaksOf, readChannels, readWave, secondsOf, type Wave, waveFile } from './wave.ts';

const wave = (samples: readonly number[], rate = 8_000): Wave => ({ rate, samples: Int16Array.from(samples) });
const sound = fc.array(fc.integer({ min: -32_768, max: 32_767 }), { maxLength: 400 });

test('A7 what is written as WAV is read back, sample for sample', () => {
  fc.assert(
    fc.property(sound, fc.constantFrom(8_000, 16_000), (samples, rate) => {
      expect(readWave(waveFile(wave(samples, rate)))).toEqual({ ok: true, value: wave(samples, rate) });
    }),
  );
});

test('A7 segments are joined in order without a gap', () => {
  const joined = joinWaves([wave([1, 2]), wave([]), wave([3])]);
  expect(joined).toEqual({ ok: true, value: wave([1, 2, 3]) });
  expect(secondsOf(wave(new Array<number>(12_000).fill(0)))).toBe(1.5);
  expect(joinWaves([wave([1]), wave([2], 16_000)])).toEqual({ ok: false, error: { code: 'different-rates' } });
  expect(joinWaves([])).toEqual({ ok: false, error: { code: 'not-sound' } });
});

test('A7 a recording cut off by a crash is read as far as it goes', () => {
  const whole = waveFile(wave([1, 2, 3, 4]));
  expect(readWave(whole.subarray(0, whole.length - 3))).toEqual({ ok: true, value: wave([1, 2]) });
  const notCounted = Uint8Array.from(whole);
  new DataView(notCounted.buffer).setUint32(40, 0, true);
  expect(readWave(notCounted)).toEqual({ ok: true, value: wave([1, 2, 3, 4]) });
});

test('what is no WAV is refused, whatever it holds', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
      expect(readWave(bytes)).toEqual({ ok: false, error: { code: 'not-sound' } });
    }),
  );
  const stereo = waveFile(wave([1, 2, 3, 4]));
  stereo[22] = 2;
  expect(readWave(stereo)).toEqual({ ok: false, error: { code: 'not-sound' } });
  expect(readChannels(stereo)).toEqual({ ok: true, value: [wave([1, 3]), wave([2, 4])] });
  expect(readChannels(new Uint8Array(60))).toEqual({ ok: false, error: { code: 'not-sound' } });
});

test('peaks keep the loudest of each stretch, to the scale of the loudest of all', () => {
  expect([...peaksOf(wave([0, 100, -400, 0, 200, 0]), 3)]).toEqual([0.25, 1, 0.5]);
  expect([...peaksOf(wave([]), 2)]).toEqual([0, 0]);
});
