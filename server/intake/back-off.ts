/**
 * How long to wait before the next try, in whole ms: twice as long after each failure up to a ceiling, spread by
 * a quarter either way so that several who failed together do not return together.
 *
 * @param failures 1 after the first.
 * @param random 0 to 1.
 */
export const backOffMs = (
  failures: number,
  random: number,
  range: { readonly firstMs: number; readonly ceilingMs: number },
): number =>
  Math.round(Math.min(range.firstMs * 2 ** (Math.max(1, failures) - 1), range.ceilingMs) * (0.75 + random / 2));
