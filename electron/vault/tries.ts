import { z } from 'zod';

/** Passwords that did not open the vault, in a row. */
export const tries = z.strictObject({ failedTries: z.int().nonnegative(), lockedUntil: z.int().nonnegative() });
export type Tries = z.infer<typeof tries>;

export const noTries: Tries = { failedTries: 0, lockedUntil: 0 };

/** Wrong passwords in a row that are free; after them each costs a wait, doubling up to an hour. */
const freeTries = 5;
const firstWaitMs = 30_000;
const mostWaitMs = 3_600_000;

export const countFailure = ({ failedTries }: Tries, now: number): Tries => {
  const failed = failedTries + 1;
  const waitMs = failed < freeTries ? 0 : Math.min(mostWaitMs, firstWaitMs * 2 ** (failed - freeTries));
  return { failedTries: failed, lockedUntil: now + waitMs };
};

/** A clock set back must not lock the desk for longer than a wait can be. */
export const isLocked = ({ lockedUntil }: Tries, now: number): boolean =>
  lockedUntil > now && lockedUntil - now <= mostWaitMs;
