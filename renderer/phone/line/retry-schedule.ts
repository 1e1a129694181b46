const firstDelayMs = 500;
const longestDelayMs = 30_000;

/**
 * The wait before the n-th try (from 1): doubled each time up to 30 s, of which half is left to chance
 * so that the seats of a floor do not all come back in the same instant (RFC 5626 section 4.5).
 * `chance` is a random number of [0, 1).
 */
export const retryDelayMs = (attempt: number, chance: number): number => {
  const ceilingMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1));
  return Math.round(ceilingMs / 2 + (ceilingMs / 2) * chance);
};
