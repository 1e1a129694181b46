import { afterEach, beforeEach, expect, test } from 'vitest';
import { findClip } from './find-clip.ts';
import { decodeSample, encodeUlaw } from './g711.ts';
import { RtpRecorder } from './rtp-recorder.ts';
import { speechLike } from './testing-sounds.ts';

let ear: RtpRecorder;
let mouth: RtpRecorder;

beforeEach(async () => {
  ear = await RtpRecorder.open();
  mouth = await RtpRecorder.open();
});
afterEach(() => {
  ear.close();
  mouth.close();
});

test('the time of an event is its place in the recording', async () => {
  const clip = speechLike(1, 3);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const spokenAtMs = await mouth.speak(clip, '127.0.0.1', ear.port);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const match = findClip(clip, ear.samples());
  expect(match.score).toBeGreaterThan(0.98);
  // A packet's first sample is 20 ms old when a real phone sends it; this mouth sends it at once.
  expect(Math.abs(ear.startedAtMs + match.offsetMs - (spokenAtMs - 20))).toBeLessThan(40);
  expect(ear.packets).toBe(50);
  expect(Math.abs((ear.firstSoundAtMs ?? 0) - spokenAtMs)).toBeLessThan(60);
});

test('G.711 comes back as it went, both laws decode to their reference values', () => {
  for (let byte = 0; byte < 256; byte++) {
    const sample = decodeSample('pcmu', byte);
    if (byte !== 127) expect(encodeUlaw(sample)).toBe(byte);
  }
  expect(decodeSample('pcmu', 0x00) * 32_768).toBe(-32_124);
  expect(decodeSample('pcmu', 0x80) * 32_768).toBe(32_124);
  expect(decodeSample('pcma', 0x2a) * 32_768).toBe(-32_256);
  expect(decodeSample('pcma', 0xd5) * 32_768).toBe(8);
});
