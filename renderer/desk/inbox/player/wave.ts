import { ok, type Result, refused } from '../../../../domain/result.ts';

/** Sound of one channel, as the centre records it. */
export interface Wave {
  /** Samples a second. */
  readonly rate: number;
  readonly samples: Int16Array<ArrayBuffer>;
}

export interface WaveFault {
  readonly code: 'not-sound' | 'different-rates';
}

const headerBytes = 44;

/** A 16-bit, one-channel PCM WAV, read as far as it goes. */
export const readWave = (bytes: Uint8Array): Result<Wave, WaveFault> => {
  const read = readPcm(bytes);
  if (!read.ok) return read;
  const { rate, samples, channels } = read.value;
  return channels === 1 ? ok({ rate, samples }) : refused({ code: 'not-sound' });
};

/** A 16-bit PCM WAV as its channels: of a recorded talk the caller's, then the seat's. Read as far as it goes. */
export const readChannels = (bytes: Uint8Array): Result<readonly Wave[], WaveFault> => {
  const read = readPcm(bytes);
  if (!read.ok) return read;
  const { rate, samples, channels } = read.value;
  const count = Math.floor(samples.length / channels);
  return ok(
    Array.from({ length: channels }, (_, channel) => ({
      rate,
      samples: Int16Array.from({ length: count }, (_sample, at) => samples[at * channels + channel] ?? 0),
    })),
  );
};

/**
 * What a crash cut off is read as far as it goes: a header that counts more than is there, or has not counted yet, is
 * not believed.
 */
const readPcm = (bytes: Uint8Array): Result<Wave & { readonly channels: number }, WaveFault> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < headerBytes || name(0) !== 'RIFF' || name(8) !== 'WAVE') return refused({ code: 'not-sound' });
  let rate = 0;
  let channels = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    if (name(at) === 'fmt ' && at + 24 <= bytes.length) {
      channels = view.getUint16(at + 10, true);
      const plain = view.getUint16(at + 8, true) === 1 && (channels === 1 || channels === 2);
      if (!plain || view.getUint16(at + 22, true) !== 16) return refused({ code: 'not-sound' });
      rate = view.getUint32(at + 12, true);
    }
    if (name(at) === 'data') {
      if (rate === 0) return refused({ code: 'not-sound' });
      const there = Math.floor((bytes.length - at - 8) / 2);
      const counted = size === 0 ? there : Math.floor(size / 2);
      return ok({ rate, channels, samples: samplesAt(view, at + 8, Math.min(there, counted)) });
    }
    at += 8 + size + (size % 2);
  }
  return refused({ code: 'not-sound' });
};

const samplesAt = (view: DataView, from: number, count: number): Int16Array<ArrayBuffer> => {
  const samples = new Int16Array(count);
  for (let i = 0; i < count; i++) samples[i] = view.getInt16(from + 2 * i, true);
  return samples;
};

/** The segments of a message (A7) one after the other, as one sound. */
export const joinWaves = (waves: readonly Wave[]): Result<Wave, WaveFault> => {
  const [first] = waves;
  if (!first) return refused({ code: 'not-sound' });
  if (waves.some(({ rate }) => rate !== first.rate)) return refused({ code: 'different-rates' });
  const samples = new Int16Array(waves.reduce((sum, wave) => sum + wave.samples.length, 0));
  let at = 0;
  for (const wave of waves) {
    samples.set(wave.samples, at);
    at += wave.samples.length;
  }
  return ok({ rate: first.rate, samples });
};

export const secondsOf = ({ rate, samples }: Wave): number => samples.length / rate;

/** The WAV file of a sound. */
export const waveFile = ({ rate, samples }: Wave): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(headerBytes + 2 * samples.length);
  const view = new DataView(bytes.buffer);
  const write = (at: number, name: string): void => {
    for (let i = 0; i < name.length; i++) bytes[at + i] = name.charCodeAt(i);
  };
  write(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, 'data');
  view.setUint32(40, 2 * samples.length, true);
  for (let i = 0; i < samples.length; i++) view.setInt16(headerBytes + 2 * i, samples[i] ?? 0, true);
  return bytes;
};

/** The loudest of each of `count` stretches, 0 to 1, the loudest of all at 1: what a waveform draws. */
export const peaksOf = ({ samples }: Wave, count: number): Float32Array => {
  const peaks = new Float32Array(count);
  const stretch = samples.length / count;
  let loudest = 1;
  for (let i = 0; i < count; i++) {
    let peak = 0;
    const end = Math.min(samples.length, Math.ceil((i + 1) * stretch));
    for (let at = Math.floor(i * stretch); at < end; at++) peak = Math.max(peak, Math.abs(samples[at] ?? 0));
    peaks[i] = peak;
    loudest = Math.max(loudest, peak);
  }
  return peaks.map((peak) => peak / loudest);
};
