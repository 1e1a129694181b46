/** G.711 decoding (and μ-law encoding, to speak as a caller), written apart from the server's so that one checks the other. */

export type Law = 'pcmu' | 'pcma';

export const decodeSample = (law: Law, byte: number): number => (law === 'pcmu' ? decodeUlaw(byte) : decodeAlaw(byte));

const decodeUlaw = (byte: number): number => {
  const code = 255 - byte;
  const value = (2 * (code % 16) + 33) * 2 ** (Math.floor(code / 16) % 8) - 33;
  return ((code >= 128 ? -1 : 1) * value) / 8_192;
};

const decodeAlaw = (byte: number): number => {
  const code = byte ^ 0x55;
  const segment = Math.floor(code / 16) % 8;
  const step = 2 * (code % 16) + 1;
  const value = segment === 0 ? step : (step + 32) * 2 ** (segment - 1);
  return ((code >= 128 ? 1 : -1) * value) / 4_096;
};

const ULAW_LEVELS = Array.from({ length: 128 }, (_, i) => ({ byte: 255 - i, level: decodeUlaw(255 - i) }));

/** The nearest of the 128 levels of its sign. */
export const encodeUlaw = (sample: number): number => {
  const magnitude = Math.abs(sample);
  let low = 0;
  let high = ULAW_LEVELS.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((ULAW_LEVELS[middle]?.level ?? 0) <= magnitude) low = middle;
    else high = middle;
  }
  const [below, above] = [ULAW_LEVELS[low], ULAW_LEVELS[high]];
  if (!below || !above) return 255;
  const nearest = magnitude - below.level < above.level - magnitude ? below.byte : above.byte;
  return sample < 0 ? nearest - 128 : nearest;
};
