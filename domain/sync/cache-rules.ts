import { z } from 'zod';
import type { Form } from '../forms/form.ts';
import { deskOf } from '../forms/procedure/stages.ts';

/** How much of the centre's forms a desk keeps; the centre tells it to every desk. */
export const cacheRules = z.strictObject({
  /** A form that nobody has to work on any more is kept this long after its last change. */
  closedForDays: z.int().min(1).max(3_650),
  /** Of the rest, the forms last changed go on until there are so many. */
  mostForms: z.int().min(100).max(2_000_000),
});
export type CacheRules = z.infer<typeof cacheRules>;

export const usualCacheRules: CacheRules = { closedForDays: 365, mostForms: 300_000 };

const dayMs = 86_400_000;

/** Forms last changed before this, and closed, are not kept; `now` is server time in ms. */
export const keptSince = (rules: CacheRules, now: number): number => now - rules.closedForDays * dayMs;

/** Whether somebody still has to work on it: such a form is kept however old it is. */
export const isBeingWorkedOn = (form: Pick<Form, 'kind' | 'work' | 'procedure' | 'status'>): boolean =>
  form.work.state === 'waiting' ||
  form.work.state === 'claimed' ||
  deskOf(form.kind, form.procedure.stage) !== 'nobody';
