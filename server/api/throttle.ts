/** Counts tries by key in a sliding window. A try counts from its start, so that many at once gain nothing. */
export interface Throttle {
  /** Answers false, and counts nothing, where the key has used up its tries. */
  readonly admit: (key: string, now: number) => boolean;
  /** A try that succeeded does not count. */
  readonly takeBack: (key: string) => void;
}

export const createThrottle = (limit: { readonly tries: number; readonly windowMs: number }): Throttle => {
  const triesByKey = new Map<string, readonly number[]>();
  const sweep = (now: number) => {
    for (const [key, tries] of triesByKey) {
      if ((tries.at(-1) ?? 0) <= now - limit.windowMs) triesByKey.delete(key);
    }
  };
  return {
    admit: (key, now) => {
      if (triesByKey.size > maxKeys) sweep(now);
      const recent = (triesByKey.get(key) ?? []).filter((at) => at > now - limit.windowMs);
      if (recent.length >= limit.tries) return false;
      triesByKey.set(key, [...recent, now]);
      return true;
    },
    takeBack: (key) => {
      triesByKey.set(key, (triesByKey.get(key) ?? []).slice(0, -1));
    },
  };
};

const maxKeys = 10_000;
