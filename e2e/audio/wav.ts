import { readFileSync, writeFileSync } from 'node:fs';

/** Sound as the listening tests want it: mono, 8 kHz, -1 to 1. */
export type Samples = Float32Array;

export const SAMPLE_RATE_HZ = 8_000;

/** Reads any 16-bit PCM WAV; channels are averaged and the rate brought to 8 kHz. Throws on anything else. */
export const readWav = (file: string): Samples => {
  const bytes = readFileSync(file);
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') {
    throw new Error(`${file} is not a WAV file`);
  }
  let channels = 0;
  let sampleRateHz = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const id = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const body = bytes.subarray(at + 8, at + 8 + size);
    if (id === 'fmt ') {
      if (body.readUInt16LE(14) !== 16) throw new Error(`${file} is not 16-bit PCM`);
      channels = body.readUInt16LE(2);
      sampleRateHz = body.readUInt32LE(4);
    }
    if (id === 'data') {
      if (channels === 0 || sampleRateHz === 0) throw new Error(`${file} has no format chunk`);
      return resample(averageChannels(body, channels), sampleRateHz, SAMPLE_RATE_HZ);
    }
    at += 8 + size + (size % 2);
  }
  throw new Error(`${file} holds no sound`);
};

const averageChannels = (data: Buffer, channels: number): Samples =>
  Float32Array.from({ length: Math.floor(data.length / (2 * channels)) }, (_, frame) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += data.readInt16LE(2 * (frame * channels + channel));
    return sum / channels / 32_768;
  });

/** Mono, 16-bit; louder than full scale is clipped. */
export const writeWav = (file: string, samples: Samples, sampleRateHz = SAMPLE_RATE_HZ): void => {
  const bytes = Buffer.alloc(44 + 2 * samples.length);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRateHz, 24);
  bytes.writeUInt32LE(2 * sampleRateHz, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(2 * samples.length, 40);
  for (const [i, sample] of samples.entries()) {
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), 44 + 2 * i);
  }
  writeFileSync(file, bytes);
};

const SINC_HALF_WIDTH = 16;

/** Windowed-sinc resampling; what lies above half the lower rate is taken out. */
export const resample = (samples: Samples, fromHz: number, toHz: number): Samples => {
  if (fromHz === toHz) return samples;
  const step = fromHz / toHz;
  const cutoff = Math.min(1, toHz / fromHz);
  const reach = SINC_HALF_WIDTH / cutoff;
  return Float32Array.from({ length: Math.floor(samples.length / step) }, (_, i) => {
    const centre = i * step;
    let sum = 0;
    for (let at = Math.max(0, Math.ceil(centre - reach)); at <= centre + reach && at < samples.length; at++) {
      const distance = at - centre;
      const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / reach);
      sum += (samples[at] ?? 0) * sinc(distance * cutoff) * cutoff * window;
    }
    return sum;
  });
};

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
