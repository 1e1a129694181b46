import { expect, test } from 'vitest';
import { encodeG711 } from './g711.ts';
import { JitterBuffer } from './jitter-buffer.ts';
import { findClip, loudness, speechLike } from './testing/signals.ts';

interface Packet {
  readonly timestamp: number;
  readonly payload: Uint8Array;
}

const packetsOf = (samples: Int16Array, firstTimestamp = 0xffff_ff00, packetSamples = 160): Packet[] =>
  Array.from({ length: Math.floor(samples.length / packetSamples) }, (_, i) => {
    const payload = new Uint8Array(packetSamples);
    encodeG711('pcmu', samples.subarray(i * packetSamples, (i + 1) * packetSamples), payload, 0);
    return { timestamp: (firstTimestamp + i * packetSamples) >>> 0, payload };
  });

/** Runs the buffer by frames; `arrivals(frame)` names the packets that came before that frame was due. */
const run = (frames: number, arrivals: (frame: number) => readonly (Packet | undefined)[], ssrc = 1) => {
  const buffer = new JitterBuffer();
  const heard = new Int16Array(frames * 160);
  const delays: number[] = [];
  for (let frame = 0; frame < frames; frame++) {
    for (const packet of arrivals(frame)) if (packet) buffer.put('pcmu', ssrc, packet.timestamp, packet.payload);
    delays.push(buffer.delayMs);
    buffer.take(heard.subarray(frame * 160, frame * 160 + 160));
  }
  return { heard, delays };
};

const voice = speechLike(3, 2);
const MIDDLE_AT = 4_000;
const middle = voice.subarray(MIDDLE_AT, 20_000);
/** The middle of the voice, looked for where it may be with up to 200 ms of delay. */
const findMiddle = (heard: Int16Array) =>
  findClip(middle, heard.subarray(MIDDLE_AT, MIDDLE_AT + middle.length + 1_600));

test('a steady stream comes out whole, 40 ms late, across the timestamp wraparound', () => {
  const packets = packetsOf(voice);
  const { heard, delays } = run(160, (frame) => [packets[frame]]);
  expect(findMiddle(heard).score).toBeGreaterThan(0.999);
  expect(Math.max(...delays)).toBeLessThanOrEqual(60);
  expect(findMiddle(heard).offset).toBeLessThanOrEqual(480);
});

test('packets of 10, 30 and 40 ms are as good', () => {
  for (const samples of [80, 240, 320]) {
    const packets = packetsOf(voice, 0, samples);
    const { heard } = run(160, (frame) => packets.filter((_, i) => Math.ceil(((i + 1) * samples) / 160) - 1 === frame));
    expect(findMiddle(heard).score).toBeGreaterThan(0.99);
  }
});

test('reordered and repeated packets cost nothing', () => {
  const packets = packetsOf(voice);
  const { heard } = run(160, (frame) => {
    const swapped = frame % 10 === 4 ? frame + 1 : frame % 10 === 5 ? frame - 1 : frame;
    return [packets[swapped], packets[swapped]];
  });
  expect(findMiddle(heard).score).toBeGreaterThan(0.99);
});

test('a lost packet is bridged, a long loss fades into silence', () => {
  const packets = packetsOf(voice);
  const single = run(160, (frame) => [frame % 25 === 12 ? undefined : packets[frame]]);
  expect(findMiddle(single.heard).score).toBeGreaterThan(0.93);
  const dead = run(160, (frame) => [frame < 60 ? packets[frame] : undefined]);
  expect(loudness(dead.heard.subarray(75 * 160))).toBe(0);
});

test('the delay grows with late packets, stays below 160 ms, and shrinks again when they come in time', () => {
  const long = packetsOf(speechLike(16, 3));
  const lateness = (frame: number): number => (frame < 200 ? frame % 4 : 0);
  const { delays } = run(790, (frame) => long.filter((_, i) => i + lateness(i) === frame));
  expect(Math.max(...delays.slice(50, 200))).toBeGreaterThanOrEqual(60);
  expect(Math.max(...delays)).toBeLessThanOrEqual(160);
  expect(delays.at(-1)).toBeLessThanOrEqual(60);
});

test('a burst after a stall is cut down to the latest sound', () => {
  const packets = packetsOf(voice);
  const { delays } = run(140, (frame) =>
    frame < 40 || frame > 60 ? [packets[frame]] : frame === 60 ? packets.slice(40, 61) : [],
  );
  expect(delays.at(-1)).toBeLessThanOrEqual(80);
});

test('a stray packet does not upset the stream, a new stream takes over with its second packet', () => {
  const packets = packetsOf(voice);
  const other = packetsOf(speechLike(3, 6), 77_777);
  const buffer = new JitterBuffer();
  const frame = new Int16Array(160);
  const heard: number[] = [];
  for (let i = 0; i < 140; i++) {
    const own = packets[i];
    const strange = other[i];
    if (own && i < 70) buffer.put('pcmu', 1, own.timestamp, own.payload);
    if (strange && (i === 30 || i >= 70)) buffer.put('pcmu', 2, strange.timestamp, strange.payload);
    buffer.take(frame);
    heard.push(...frame);
  }
  expect(findClip(voice.subarray(1_600, 10_400), Int16Array.from(heard.slice(1_600, 12_000))).score).toBeGreaterThan(
    0.99,
  );
  expect(
    findClip(speechLike(3, 6).subarray(12_000, 20_000), Int16Array.from(heard.slice(12_000, 22_000))).score,
  ).toBeGreaterThan(0.99);
});
