import { z } from 'zod';

const day = z.iso.date();

/** The days an article may be told to customers, both included, in China time; `to` null: until it is retired. */
export const validity = z.strictObject({ from: day, to: day.nullable() });
export type Validity = z.infer<typeof validity>;

/** China keeps UTC+8 all the year. */
const chinaOffsetMs = 8 * 3_600_000;

/** The day in China at a moment (ms since the epoch), `2026-11-24`. */
export const chinaDay = (at: number): string => new Date(at + chinaOffsetMs).toISOString().slice(0, 10);

/** Where a day stands to a validity; both as `2026-11-24`. */
export const standingOn = ({ from, to }: Validity, today: string): 'not-yet' | 'valid' | 'over' => {
  if (today < from) return 'not-yet';
  return to !== null && today > to ? 'over' : 'valid';
};
