import type { CallQuality } from '../../../contract/phone.ts';
import { qualityBetween, type RtpReading, readingOf } from './call-quality.ts';

const everyMs = 1000;

/** Measures what arrives over a connection, second by second; returns the function that stops it. */
export const measure = (connection: RTCPeerConnection, onQuality: (quality: CallQuality) => void): (() => void) => {
  let before: RtpReading | undefined;
  const read = async (): Promise<void> => {
    const now = readingOf((await connection.getStats()).values());
    const quality = before && now && qualityBetween(before, now);
    before = now;
    if (quality !== undefined) onQuality(quality);
  };
  const timer = setInterval(() => void read(), everyMs);
  return () => clearInterval(timer);
};
