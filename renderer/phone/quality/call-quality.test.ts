import { expect, test } from 'vitest';
import { qualityBetween, type RtpReading, readingOf } from './call-quality.ts';

const start: RtpReading = {
  packetsReceived: 0,
  packetsLost: 0,
  packetsDiscarded: 0,
  jitterMs: 0,
  bufferedMs: 0,
  samplesPlayed: 0,
  roundTripMs: 0,
};
// One second: 50 packets, 48,000 samples that waited 40 ms each.
const clean: RtpReading = {
  ...start,
  packetsReceived: 50,
  jitterMs: 1.24,
  bufferedMs: 48_000 * 40,
  samplesPlayed: 48_000,
  roundTripMs: 10,
};

test('a clean second on a LAN scores what G.711 can: MOS 4.41', () => {
  expect(qualityBetween(start, clean)).toEqual({ mos: 4.41, lossPercent: 0, jitterMs: 1.2, roundTripMs: 10 });
});

test('a tenth of the packets lost or late: loss 10 %, MOS 3.41', () => {
  const lossy = { ...clean, packetsReceived: 45, packetsLost: 5 };
  expect(qualityBetween(start, lossy)).toMatchObject({ lossPercent: 10, mos: 3.41 });
  expect(qualityBetween(start, { ...clean, packetsDiscarded: 5 })).toMatchObject({ lossPercent: 10 });
});

test('only the second between two readings counts', () => {
  const before = { ...start, packetsReceived: 5000, packetsLost: 400 };
  expect(qualityBetween(before, { ...before, packetsReceived: 5050 })).toMatchObject({ lossPercent: 0 });
  expect(qualityBetween(before, { ...before, packetsReceived: 5050, packetsLost: 399 })).toMatchObject({
    lossPercent: 0,
  });
});

test('a second in which nothing came says nothing', () => {
  expect(qualityBetween(clean, clean)).toBeUndefined();
});

test('a long way costs: 600 ms there and back', () => {
  expect(qualityBetween(start, { ...clean, roundTripMs: 600 })?.mos).toBeLessThan(3.7);
});

test('counters are read from the report of the browser, round trip by RTCP before that of ICE', () => {
  const inbound = {
    type: 'inbound-rtp',
    kind: 'audio',
    packetsReceived: 50,
    packetsLost: 1,
    jitter: 0.002,
    jitterBufferDelay: 1.5,
    jitterBufferEmittedCount: 48_000,
  };
  const pair = { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.02 };
  expect(readingOf([pair])).toBeUndefined();
  expect(readingOf([inbound, pair])).toMatchObject({
    packetsReceived: 50,
    packetsLost: 1,
    jitterMs: 2,
    bufferedMs: 1500,
    roundTripMs: 20,
  });
  expect(
    readingOf([{ type: 'remote-inbound-rtp', kind: 'audio', roundTripTime: 0.03 }, inbound, pair])?.roundTripMs,
  ).toBe(30);
});
