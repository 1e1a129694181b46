/**
 * The E-model (ITU-T G.107, 06/2015) for a call in G.711: every parameter at the default of its table 3
 * but those a running call can measure, mouth-to-ear delay and packet loss.
 */

/** R with all defaults (G.107 section 7.7). */
const defaultRating = 93.2;
/** G.711 has no coding impairment: Ie = 0 (G.113 appendix I). */
const codecImpairment = 0;
/** Robustness of G.711 with packet loss concealment against random loss: Bpl = 25.1 (G.113 appendix I). */
const lossRobustness = 25.1;

/** Idd (G.107 section 7.4): nothing up to 100 ms one way, then ever more. */
const delayImpairment = (oneWayMs: number): number => {
  if (oneWayMs <= 100) return 0;
  const x = Math.log2(oneWayMs / 100);
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2);
};

/** Ie-eff (G.107 section 7.5) with BurstR = 1: losses fall at random. */
const lossImpairment = (lossPercent: number): number =>
  codecImpairment + (95 - codecImpairment) * (lossPercent / (lossPercent + lossRobustness));

/** The transmission rating R, 0 to 93.2. */
export const ratingOf = (path: { readonly oneWayMs: number; readonly lossPercent: number }): number =>
  Math.max(0, defaultRating - delayImpairment(path.oneWayMs) - lossImpairment(path.lossPercent));

/** The mean opinion score that a rating stands for, 1.0 to 4.5 (G.107 annex B). */
export const mosOf = (rating: number): number => {
  if (rating <= 0) return 1;
  if (rating >= 100) return 4.5;
  // Between 0 and 6.5 the polynomial dips below 1, which no listener can give.
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
};
