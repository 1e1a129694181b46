import type { DeadlineRules } from './deadline-rules.ts';
import { dayOf, isWorkingDay, nextWorkingDay, officeClosesAt, officeOpensAt } from './working-calendar.ts';

/**
 * The end of office hours on the n-th working day after the day of an instant.
 *
 * Civil Code art. 201: the day on which a period begins is not counted. Art. 203: it ends on its last day
 * when business ends. So the hour of dispatch does not matter, and an order sent in the evening or on a
 * day off has just as many whole working days to be answered in as one sent in the morning.
 */
export const endOfWorkingDay = (n: number, from: number, rules: DeadlineRules): number => {
  let day = dayOf(from, rules);
  for (let counted = 0; counted < n; counted += 1) day = nextWorkingDay(day, rules);
  return officeClosesAt(day, rules);
};

/** Office hours of working days between two instants, in ms; 0 where `to` is not after `from`. */
export const workingMsBetween = (from: number, to: number, rules: DeadlineRules): number => {
  let sum = 0;
  for (let day = dayOf(from, rules); day <= dayOf(to, rules); day += 1) {
    const worked = Math.min(to, officeClosesAt(day, rules)) - Math.max(from, officeOpensAt(day, rules));
    if (worked > 0 && isWorkingDay(day, rules)) sum += worked;
  }
  return sum;
};

/** The first instant with so much working time between it and `from`. */
export const afterWorkingMs = (from: number, ms: number, rules: DeadlineRules): number => {
  if (ms <= 0) return from;
  let left = ms;
  for (let day = dayOf(from, rules); ; day = nextWorkingDay(day, rules)) {
    const opens = Math.max(from, officeOpensAt(day, rules));
    const available = isWorkingDay(day, rules) ? Math.max(0, officeClosesAt(day, rules) - opens) : 0;
    if (left <= available) return opens + left;
    left -= available;
  }
};
