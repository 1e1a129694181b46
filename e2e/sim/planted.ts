/** Faults put in on purpose, so that the simulator itself is tested (planted.test.ts). */
export const planted = [
  /** The centre takes what it has taken before. */
  'dedupe-dropped',
  /** Positions of the change log are given out before the transactions that take them are through. */
  'cursor-not-in-order-of-commits',
  /** A desk takes for acknowledged what it has only sent. */
  'outbox-cleared-when-sent',
] as const;
export type Planted = (typeof planted)[number];
