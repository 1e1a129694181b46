import chineseDays from 'chinese-days';
import type { DeadlineRules } from './deadline-rules.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

type Hours = Pick<DeadlineRules, 'officeHours' | 'utcOffsetMinutes'>;
type Calendar = Pick<DeadlineRules, 'daysOff' | 'workdays' | 'yearsEntered'>;

/** A day of the hotline's calendar, counted from 1970-01-01. */
export type DayNumber = number;

/** The day that an instant falls on where the hotline is. */
export const dayOf = (at: number, { utcOffsetMinutes }: Pick<Hours, 'utcOffsetMinutes'>): DayNumber =>
  Math.floor((at + utcOffsetMinutes * minuteMs) / dayMs);

/** The instant of a minute of a day. */
const instantOf = (day: DayNumber, minute: number, { utcOffsetMinutes }: Hours): number =>
  day * dayMs + (minute - utcOffsetMinutes) * minuteMs;

export const officeOpensAt = (day: DayNumber, hours: Hours): number =>
  instantOf(day, hours.officeHours.fromMinute, hours);
export const officeClosesAt = (day: DayNumber, hours: Hours): number =>
  instantOf(day, hours.officeHours.toMinute, hours);

const isoOf = (day: DayNumber): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** chinese-days reads the local date of a `Date`, and that of a string by UTC: noon is the same day in both. */
const noonOf = (day: DayNumber): Date => {
  const utc = new Date(day * dayMs);
  return new Date(utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate(), 12);
};

/**
 * Whether a day is worked: by the settings, else by the State Council's notice with its shifted workdays
 * (调休), else, for a year with no notice yet, by the week.
 */
export const isWorkingDay = (day: DayNumber, { daysOff, workdays }: Calendar): boolean => {
  const iso = isoOf(day);
  if (workdays.includes(iso)) return true;
  return !daysOff.includes(iso) && chineseDays.isWorkday(noonOf(day));
};

/** The first working day after a day. */
export const nextWorkingDay = (day: DayNumber, calendar: Calendar): DayNumber => {
  let next = day + 1;
  while (!isWorkingDay(next, calendar)) next += 1;
  return next;
};

/** Every notice gives the first of October; a year without it has none that we know of. */
const hasNotice = (year: number): boolean => {
  const nationalDay = new Date(year, 9, 1, 12);
  return chineseDays.getHolidaysInRange(nationalDay, nationalDay, false).length > 0;
};

/** The notice for a year has moved workdays from as early as 29 December of the year before (2018). */
const lastDaysOfYear = 5;

/** Whether the national calendar of a day is known; `unpublished`: reckoned by the week, and may change. */
export const calendarOf = (day: DayNumber, { yearsEntered }: Calendar): 'published' | 'unpublished' => {
  const years = [day, day + lastDaysOfYear].map((one) => new Date(one * dayMs).getUTCFullYear());
  return years.every((year) => yearsEntered.includes(year) || hasNotice(year)) ? 'published' : 'unpublished';
};
