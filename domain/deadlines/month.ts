import type { DeadlineRules } from './deadline-rules.ts';

type Zone = Pick<DeadlineRules, 'utcOffsetMinutes'>;

const minuteMs = 60_000;

/** The month an instant falls in where the hotline is: `2026-11`. */
export const monthOf = (at: number, { utcOffsetMinutes }: Zone): string =>
  new Date(at + utcOffsetMinutes * minuteMs).toISOString().slice(0, 7);

/** The first instant of a month where the hotline is. */
export const monthStart = (month: string, { utcOffsetMinutes }: Zone): number =>
  Date.parse(`${month}-01T00:00:00Z`) - utcOffsetMinutes * minuteMs;

/** The month so many months on. */
export const monthsOn = (month: string, count: number): string => {
  const first = new Date(`${month}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + count);
  return first.toISOString().slice(0, 7);
};
