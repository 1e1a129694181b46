import { z } from 'zod';
import {
  type DeadlineRules,
  escalationSteps,
  officeHours,
  usualDeadlineRules as usual,
  warned,
} from '../../domain/deadlines/deadline-rules.ts';
import type { ComplaintFields } from '../../domain/forms/complaint.ts';

const daysFor = (type: NonNullable<ComplaintFields['complaintType']>) =>
  z.coerce.number().int().min(1).max(250).default(usual.workingDays[type]);

const listed = (list: string): string[] => list.split(',').map((entry) => entry.trim());

const minuteOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

const hoursPattern = /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

const dayMs = 86_400_000;
const day = z.iso.date();

/** `2027-02-05`, or with its last day `2027-02-05/2027-02-11`. */
const daysOf = (entry: string): string[] | undefined => {
  const [from = '', to = from, ...more] = entry.split('/');
  if (more.length > 0 || !day.safeParse(from).success || !day.safeParse(to).success) return undefined;
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  if (days < 1 || days > 366) return undefined;
  return Array.from({ length: days }, (_, after) =>
    new Date(Date.parse(from) + after * dayMs).toISOString().slice(0, 10),
  );
};

const daysListed = z
  .string()
  .transform((list, context) => {
    const days = listed(list).map(daysOf);
    if (days.every((some) => some !== undefined)) return days.flat();
    context.addIssue('expected YYYY-MM-DD or YYYY-MM-DD/YYYY-MM-DD, separated by commas');
    return z.NEVER;
  })
  .default([]);

const stepOf = (step: string) => {
  const [percent = '', tell = ''] = step.split(':');
  return { atPercent: Number(percent), tell: tell.split('+') };
};

/** Environment variables of the deadlines (S3, S4). */
export const deadlineVariables = {
  ZUOXI_DAYS_PRODUCT_QUALITY: daysFor('product-quality'),
  ZUOXI_DAYS_STAFF_CONDUCT: daysFor('staff-conduct'),
  ZUOXI_DAYS_BILLING_TARIFF: daysFor('billing-tariff'),
  ZUOXI_DAYS_OTHER: daysFor('other'),
  ZUOXI_OFFICE_HOURS: z
    .string()
    .regex(hoursPattern, 'expected HH:MM-HH:MM')
    .transform((hours) => {
      const [from = '', to = ''] = hours.split('-');
      return { fromMinute: minuteOf(from), toMinute: minuteOf(to) };
    })
    .pipe(officeHours)
    .default(usual.officeHours),
  ZUOXI_UTC_OFFSET: z
    .string()
    .regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'expected +HH:MM or -HH:MM')
    .transform((offset) => (offset.startsWith('-') ? -1 : 1) * minuteOf(offset.slice(1)))
    .pipe(z.int().min(-720).max(840))
    .default(usual.utcOffsetMinutes),
  ZUOXI_DAYS_OFF: daysListed,
  ZUOXI_WORKDAYS: daysListed,
  ZUOXI_CALENDAR_YEARS: z
    .string()
    .regex(/^2[01]\d\d( *, *2[01]\d\d)*$/, 'expected years, separated by commas')
    .transform((list) => listed(list).map(Number))
    .default([]),
  /** `50:department+sender,100:manager-hotline`. */
  ZUOXI_ESCALATION: z
    .string()
    .transform((list, context) => {
      const steps = escalationSteps.safeParse(listed(list).map(stepOf));
      if (steps.success) return steps.data;
      context.addIssue(`expected PERCENT:WHO+WHO in ascending order, of ${warned.join(', ')}`);
      return z.NEVER;
    })
    .default(usual.escalation),
};

export const deadlineRulesOf = (given: z.infer<z.ZodObject<typeof deadlineVariables>>): DeadlineRules => ({
  workingDays: {
    'product-quality': given.ZUOXI_DAYS_PRODUCT_QUALITY,
    'staff-conduct': given.ZUOXI_DAYS_STAFF_CONDUCT,
    'billing-tariff': given.ZUOXI_DAYS_BILLING_TARIFF,
    other: given.ZUOXI_DAYS_OTHER,
  },
  officeHours: given.ZUOXI_OFFICE_HOURS,
  utcOffsetMinutes: given.ZUOXI_UTC_OFFSET,
  daysOff: given.ZUOXI_DAYS_OFF,
  workdays: given.ZUOXI_WORKDAYS,
  yearsEntered: given.ZUOXI_CALENDAR_YEARS,
  escalation: given.ZUOXI_ESCALATION,
});
