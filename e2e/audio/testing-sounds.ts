import type { Samples } from './wav.ts';

/** Speech-like: a wandering chirp under syllables; deterministic, and unlike itself elsewhere. */
export const speechLike = (seconds: number, seed: number): Samples => {
  let phase = 0;
  return Float32Array.from({ length: Math.round(seconds * 8_000) }, (_, i) => {
    const t = i / 8_000;
    phase += (2 * Math.PI * (800 + 500 * Math.sin(2.1 * seed * t + seed) + 200 * Math.sin(7.3 * seed * t))) / 8_000;
    return 0.3 * (0.2 + 0.8 * Math.abs(Math.sin((9 + seed) * t))) * Math.sin(phase);
  });
};

/** Repeatable noise of that level. */
export const noise = (seconds: number, level: number): Samples => {
  let state = 42;
  return Float32Array.from({ length: Math.round(seconds * 8_000) }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state / 2 ** 31) * level;
  });
};

export const joined = (...parts: readonly Samples[]): Samples => {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
