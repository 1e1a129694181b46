import { z } from 'zod';
import { complaintTypes } from '../forms/complaint.ts';

/** A day of the calendar, `2026-02-17`. */
const day = z.iso.date();
const minuteOfDay = z.int().min(0).max(1_440);

/** Who is told of a deadline that runs out. The department is the one that owes the answer. */
export const warned = ['department', 'sender', 'seniors', 'supervisors', 'manager-hotline'] as const;
export type Warned = (typeof warned)[number];

const escalationStep = z.strictObject({
  /** Of the working time between dispatch and deadline; 100: when it has run out unanswered. */
  atPercent: z.int().min(1).max(100),
  tell: z.array(z.enum(warned)).min(1).readonly(),
});
export type EscalationStep = z.infer<typeof escalationStep>;

const ascending = (steps: readonly EscalationStep[]): boolean =>
  steps.every(({ atPercent }, at) => atPercent > (steps[at - 1]?.atPercent ?? 0));

/** S4: who is told when, in ascending order. */
export const escalationSteps = z
  .array(escalationStep)
  .readonly()
  .refine(ascending, 'expected steps in ascending order');

/** Minutes of the day. */
export const officeHours = z
  .strictObject({ fromMinute: minuteOfDay, toMinute: minuteOfDay })
  .refine(({ fromMinute, toMinute }) => fromMinute < toMinute, 'expected office hours that end after they begin');

/** S3, S4: by what a dispatch's deadline is reckoned; settings of the centre, which the desks are told. */
export const deadlineRules = z
  .strictObject({
    /** Working days to answer in. */
    workingDays: z.record(z.enum(complaintTypes), z.int().min(1).max(250)).readonly(),
    officeHours,
    /** Minutes that the hotline's clock is ahead of UTC. China has kept one zone with no summer time since 1992. */
    utcOffsetMinutes: z.int().min(-720).max(840),
    /** Days off beyond the national ones: a regional holiday, say. */
    daysOff: z.array(day).readonly(),
    /** Days worked though the nation has them off. They go before `daysOff`. */
    workdays: z.array(day).readonly(),
    /** Years whose national notice stands in `daysOff` and `workdays`, entered before an update brought it. */
    yearsEntered: z.array(z.int().min(2000).max(2200)).readonly(),
    escalation: escalationSteps,
  })
  .readonly();
export type DeadlineRules = z.infer<typeof deadlineRules>;

export const usualDeadlineRules: DeadlineRules = {
  workingDays: { 'product-quality': 3, 'staff-conduct': 2, 'billing-tariff': 2, other: 5 },
  officeHours: { fromMinute: 8 * 60 + 30, toMinute: 17 * 60 + 30 },
  utcOffsetMinutes: 8 * 60,
  daysOff: [],
  workdays: [],
  yearsEntered: [],
  escalation: [
    { atPercent: 50, tell: ['department', 'sender'] },
    { atPercent: 80, tell: ['department', 'seniors', 'supervisors'] },
    { atPercent: 100, tell: ['manager-hotline'] },
  ],
};

/** What is overdue is escalated, whether or not the settings name somebody to be told. */
const overdueStep: EscalationStep = { atPercent: 100, tell: ['manager-hotline'] };

/** Every step there is, in ascending order; the last is that of what is overdue. */
export const allSteps = ({ escalation }: DeadlineRules): readonly EscalationStep[] =>
  escalation.at(-1)?.atPercent === 100 ? escalation : [...escalation, overdueStep];

/** `undefined`: the settings have no such step any more. */
export const stepAt = (atPercent: number, rules: DeadlineRules): EscalationStep | undefined =>
  allSteps(rules).find((step) => step.atPercent === atPercent);
