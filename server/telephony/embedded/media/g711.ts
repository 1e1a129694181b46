/**
 * ITU-T G.711, both laws, by table: 16-bit linear in and out (14- and 13-bit figures of the
 * recommendation scaled up to 16 bits, as everyone does).
 */
export type G711Law = 'pcmu' | 'pcma';

export const SAMPLE_RATE_HZ = 8_000;
export const FRAME_MS = 20;
/** Samples, and G.711 bytes, of one 20 ms frame. */
export const FRAME_SAMPLES = 160;

const ULAW_BIAS = 0x84;
const ULAW_CLIP = 32_635;

const expandUlaw = (code: number): number => {
  const inverted = ~code & 0xff;
  const exponent = (inverted >> 4) & 7;
  const magnitude = ((((inverted & 0x0f) << 3) + ULAW_BIAS) << exponent) - ULAW_BIAS;
  return inverted & 0x80 ? -magnitude : magnitude;
};

const compressUlaw = (sample: number): number => {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), ULAW_CLIP) + ULAW_BIAS;
  const exponent = 24 - Math.clz32(magnitude);
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
};

const expandAlaw = (code: number): number => {
  const toggled = code ^ 0x55;
  const exponent = (toggled >> 4) & 7;
  const step = ((toggled & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? step : (step + 0x100) << (exponent - 1);
  return toggled & 0x80 ? magnitude : -magnitude;
};

const compressAlaw = (sample: number): number => {
  const sign = sample < 0 ? 0 : 0x80;
  // One's complement keeps the two halves symmetric: -1 falls in the first negative step, as 0 in the first positive.
  const magnitude = sample < 0 ? ~sample : sample;
  const exponent = magnitude < 0x100 ? 0 : 24 - Math.clz32(magnitude);
  const mantissa = exponent === 0 ? magnitude >> 4 : (magnitude >> (exponent + 3)) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
};

const tables = (expand: (code: number) => number, compress: (sample: number) => number) => ({
  linear: Int16Array.from({ length: 256 }, (_, code) => expand(code)),
  /** Indexed by the sample's 16 bits taken as unsigned. */
  code: Uint8Array.from({ length: 65_536 }, (_, bits) => compress((bits << 16) >> 16)),
});

const TABLES = {
  pcmu: tables(expandUlaw, compressUlaw),
  pcma: tables(expandAlaw, compressAlaw),
} as const satisfies Record<G711Law, unknown>;

/** Writes one code per sample to `out` from `offset` on. */
export const encodeG711 = (law: G711Law, samples: Int16Array, out: Uint8Array, offset: number): void => {
  const { code } = TABLES[law];
  for (let i = 0; i < samples.length; i++) out[offset + i] = code[(samples[i] ?? 0) & 0xffff] ?? 0;
};

/** The 256 linear values of a law, for decoders that place samples themselves. */
export const g711LinearTable = (law: G711Law): Int16Array => TABLES[law].linear;
