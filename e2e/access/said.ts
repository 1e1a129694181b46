import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSample } from '../audio/g711.ts';

/** Codes of PCMU as the 16-bit samples that a recording holds. */
export const linearOf = (codes: Uint8Array): Buffer => {
  const samples = Buffer.alloc(codes.length * 2);
  for (const [i, code] of codes.entries()) samples.writeInt16LE(Math.round(decodeSample('pcmu', code) * 32_768), i * 2);
  return samples;
};

/** A segment of a message out of the attachment store, and where in it, in samples, sound begins and ends. */
export const segmentSamples = (dataDir: string, sha256: string) => {
  const samples = readFileSync(join(dataDir, 'attachments', sha256.slice(0, 2), sha256)).subarray(44);
  let firstSound = 0;
  while (2 * firstSound < samples.length && samples.readInt16LE(2 * firstSound) === 0) firstSound += 1;
  let lastSound = samples.length / 2;
  while (lastSound > firstSound && samples.readInt16LE(2 * lastSound - 2) === 0) lastSound -= 1;
  return { samples, firstSound, lastSound };
};
