import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findClip } from './find-clip.ts';
import { speechLike } from './testing-sounds.ts';
import { readWav, resample, writeWav } from './wav.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wav-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what is written is read back', () => {
  const file = join(folder, 'a.wav');
  const sound = speechLike(0.5, 2);
  writeWav(file, sound);
  const read = readWav(file);
  expect(read.length).toBe(sound.length);
  expect(findClip(sound.subarray(100, 3_000), read).score).toBeCloseTo(1, 5);
});

test('a file of another rate is brought to 8 kHz', () => {
  const file = join(folder, 'b.wav');
  const sound = speechLike(1, 2);
  writeWav(file, resample(sound, 8_000, 48_000), 48_000);
  const read = readWav(file);
  expect(Math.abs(read.length - sound.length)).toBeLessThan(3);
  expect(findClip(sound.subarray(800, 7_000), read).score).toBeGreaterThan(0.99);
});

test('what is no sound is refused in words', () => {
  const file = join(folder, 'c.wav');
  writeFileSync(file, 'hello, this is text and not a sound');
  expect(() => readWav(file)).toThrow('not a WAV file');
});
