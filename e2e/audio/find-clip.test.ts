import { expect, test } from 'vitest';
import { findClip, findClipInPieces, level } from './find-clip.ts';
import { joined, noise, speechLike } from './testing-sounds.ts';

const clip = speechLike(2, 3);
const other = speechLike(2, 7);

test('finds a quiet clip in the midst of other sound, to the sample', () => {
  const quiet = clip.map((sample) => sample * 0.05);
  const match = findClip(clip, joined(noise(1.5, 0.01), quiet, noise(3, 0.01)));
  expect(match.score).toBeGreaterThan(0.7);
  expect(match.offsetMs).toBeCloseTo(1_500, 1);
});

test('scores 1 for the clip itself at any level and little for another', () => {
  const silence = new Float32Array(4_000);
  expect(
    findClip(
      clip,
      joined(
        silence,
        clip.map((s) => s * 0.3),
        silence,
      ),
    ).score,
  ).toBeCloseTo(1, 4);
  expect(findClip(clip, joined(silence, other, silence)).score).toBeLessThan(0.3);
  expect(findClipInPieces(clip, joined(silence, other, silence)).score).toBeLessThan(0.6);
});

test('in pieces it bears gaps and small shifts that break the whole', () => {
  const silence = new Float32Array(4_000);
  const torn = joined(
    silence,
    clip.subarray(0, 6_000),
    new Float32Array(160),
    clip.subarray(6_000, 11_000),
    clip.subarray(11_160),
    silence,
  );
  const match = findClipInPieces(clip, torn);
  expect(findClip(clip, torn).score).toBeLessThan(0.7);
  expect(match.score).toBeGreaterThan(0.8);
  expect(Math.abs(match.offsetMs - 500)).toBeLessThan(30);
});

test('in pieces it follows sound that many gaps have stretched', () => {
  const parts: Float32Array[] = [new Float32Array(4_000)];
  for (let at = 0; at < clip.length; at += 4_000) parts.push(clip.subarray(at, at + 4_000), new Float32Array(480));
  const stretched = joined(...parts, new Float32Array(4_000));
  const match = findClipInPieces(clip, stretched);
  expect(match.score).toBeGreaterThan(0.8);
  expect(Math.abs(match.offsetMs - 500)).toBeLessThan(70);
});

test('silence, noise and recordings shorter than the clip hold nothing', () => {
  expect(findClip(clip, new Float32Array(40_000)).score).toBeLessThan(0.05);
  expect(findClipInPieces(clip, noise(5, 0.2)).score).toBeLessThan(0.35);
  expect(findClip(clip, clip.subarray(0, 1_000))).toEqual({ score: 0, offsetMs: 0 });
});

test('measures the level of a stretch', () => {
  const sound = joined(new Float32Array(8_000), new Float32Array(8_000).fill(0.5));
  expect(level(sound, 0, 1_000)).toBe(0);
  expect(level(sound, 1_000, 2_000)).toBeCloseTo(0.5, 5);
  expect(level(sound, 5_000, 6_000)).toBe(0);
});
