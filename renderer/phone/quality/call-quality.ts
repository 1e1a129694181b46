import type { CallQuality } from '../../../contract/phone.ts';
import { mosOf, ratingOf } from './e-model.ts';

/** The counters of one `getStats()` that quality is made of; all but the two times grow without end. */
export interface RtpReading {
  readonly packetsReceived: number;
  readonly packetsLost: number;
  /** Packets that came too late to be played: for the ear they are lost. */
  readonly packetsDiscarded: number;
  readonly jitterMs: number;
  /** Time samples have waited in the jitter buffer in all, and how many samples that was. */
  readonly bufferedMs: number;
  readonly samplesPlayed: number;
  readonly roundTripMs: number;
}

/** What a frame of 20 ms takes to fill, and as much again to be captured and played. */
const packetAndDeviceMs = 40;

/** Quality of the second between two readings; `undefined` where nothing arrived in it to judge by. */
export const qualityBetween = (before: RtpReading, now: RtpReading): CallQuality | undefined => {
  const received = now.packetsReceived - before.packetsReceived;
  // A lost packet that arrives after all lowers `packetsLost` again (RFC 3550 section 6.4.1).
  const lost = Math.max(0, now.packetsLost - before.packetsLost);
  const discarded = Math.max(0, now.packetsDiscarded - before.packetsDiscarded);
  if (received < 0 || received + lost === 0) return undefined;
  const samples = now.samplesPlayed - before.samplesPlayed;
  const bufferMs = samples > 0 ? (now.bufferedMs - before.bufferedMs) / samples : 0;
  const lossPercent = Math.min(100, (100 * (lost + discarded)) / (received + lost));
  const oneWayMs = now.roundTripMs / 2 + bufferMs + packetAndDeviceMs;
  return {
    mos: rounded(mosOf(ratingOf({ oneWayMs, lossPercent })), 2),
    lossPercent: rounded(lossPercent, 1),
    jitterMs: rounded(now.jitterMs, 1),
    roundTripMs: Math.round(now.roundTripMs),
  };
};

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** What an entry of an `RTCStatsReport` may hold, by the names of the W3C's webrtc-stats. */
interface StatsEntry {
  readonly type?: unknown;
  readonly kind?: unknown;
  readonly nominated?: unknown;
  readonly state?: unknown;
  readonly [name: string]: unknown;
}

/** Reads the counters out of a stats report; `undefined` until a first packet has come. */
export const readingOf = (entries: Iterable<StatsEntry>): RtpReading | undefined => {
  let inbound: StatsEntry | undefined;
  let reportedRoundTripMs: number | undefined;
  let pathRoundTripMs: number | undefined;
  for (const entry of entries) {
    if (entry.type === 'inbound-rtp' && entry.kind === 'audio') inbound = entry;
    // By RTCP from the far end of our stream; a switch that sends no receiver reports leaves it out.
    if (entry.type === 'remote-inbound-rtp' && entry.kind === 'audio')
      reportedRoundTripMs = milliseconds(entry['roundTripTime']);
    // By ICE's own consent checks (RFC 7675).
    if (entry.type === 'candidate-pair' && entry.nominated === true && entry.state === 'succeeded') {
      pathRoundTripMs = milliseconds(entry['currentRoundTripTime']);
    }
  }
  if (inbound === undefined) return undefined;
  return {
    packetsReceived: count(inbound['packetsReceived']),
    packetsLost: count(inbound['packetsLost']),
    packetsDiscarded: count(inbound['packetsDiscarded']),
    jitterMs: milliseconds(inbound['jitter']) ?? 0,
    bufferedMs: milliseconds(inbound['jitterBufferDelay']) ?? 0,
    samplesPlayed: count(inbound['jitterBufferEmittedCount']),
    roundTripMs: reportedRoundTripMs ?? pathRoundTripMs ?? 0,
  };
};

const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
const milliseconds = (seconds: unknown): number | undefined =>
  typeof seconds === 'number' ? seconds * 1000 : undefined;
