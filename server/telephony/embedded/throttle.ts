import type { Clock } from './parts.ts';

/** Token buckets by key: so many at once, so many a second after that. */
export interface Throttle {
  /** Takes one token; false where none is left. */
  readonly allows: (key: string) => boolean;
  /** Whether a token is left, without taking it. */
  readonly hasRoom: (key: string) => boolean;
}

const maxKeys = 20_000;

/**
 * Holds at most `maxKeys` buckets. When a flood from many addresses fills it, the bucket longest
 * untouched makes room: it has refilled the most.
 */
export const createThrottle = (options: {
  readonly clock: Clock;
  readonly burst: number;
  readonly perSecond: number;
}): Throttle => {
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>();
  const tokensOf = (key: string, now: number): number => {
    const bucket = buckets.get(key);
    if (!bucket) return options.burst;
    return Math.min(options.burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1_000) * options.perSecond);
  };
  return {
    allows: (key) => {
      const now = options.clock();
      const tokens = tokensOf(key, now);
      buckets.delete(key);
      if (buckets.size >= maxKeys) {
        const oldest = buckets.keys().next();
        if (!oldest.done) buckets.delete(oldest.value);
      }
      buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
      return tokens >= 1;
    },
    hasRoom: (key) => tokensOf(key, options.clock()) >= 1,
  };
};
