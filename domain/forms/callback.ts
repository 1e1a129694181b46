import { z } from 'zod';
import type { Origin } from './origin.ts';

export const tryOutcomes = ['reached', 'no-answer', 'busy', 'wrong-number'] as const;
export type TryOutcome = (typeof tryOutcomes)[number];

/** One ringing of a customer who asked to be called back (A9). */
export const callbackTry = z.strictObject({
  operation: z.string(),
  by: z.string(),
  outcome: z.enum(tryOutcomes),
  startedAt: z.int().nonnegative(),
  /** The call, where one came about. */
  contactId: z.string().max(64).nullable(),
});
export type CallbackTry = z.infer<typeof callbackTry>;

const pause = z.int().nonnegative();

/** When a customer who was not reached is rung again; settings of the centre, which the desks are told. */
export const callbackRules = z.strictObject({
  retryAfterMs: z.strictObject({ 'no-answer': pause, busy: pause }).readonly(),
  /** Tries inside the window before a person decides. */
  maxTries: z.int().positive(),
});
export type CallbackRules = Readonly<z.infer<typeof callbackRules>>;

export const usualCallbackRules: CallbackRules = {
  retryAfterMs: { 'no-answer': 15 * 60_000, busy: 5 * 60_000 },
  maxTries: 3,
};

/**
 * How a promised callback stands.
 *
 *   later ── its time comes ─▶ due ── reached ─▶ reached
 *     ▲                         │
 *     └── no-answer, busy ──────┤ wrong-number, last try, window over
 *                               ▼
 *                          needs-person
 */
export type CallbackState =
  | { readonly state: 'later'; readonly at: number }
  | { readonly state: 'due'; readonly since: number }
  | { readonly state: 'reached'; readonly at: number }
  | { readonly state: 'needs-person'; readonly reason: 'wrong-number' | 'tries-used-up' | 'window-over' };

/** The part of a form that the rules look at. */
interface Called {
  readonly origin: Origin;
  readonly callbackTries: readonly CallbackTry[];
}

/** Whether somebody has spoken to the customer, whoever rang whom. */
export const isKept = ({ callbackTries }: Pick<Called, 'callbackTries'>): boolean =>
  callbackTries.some(({ outcome }) => outcome === 'reached');

/** `undefined` for a form that did not come of a callback asked for. */
export const callbackState = (form: Called, now: number, rules: CallbackRules): CallbackState | undefined => {
  if (form.origin.via !== 'callback') return undefined;
  const { window } = form.origin;
  const reached = form.callbackTries.find((one) => one.outcome === 'reached');
  if (reached) return { state: 'reached', at: reached.startedAt };
  const last = form.callbackTries.at(-1);
  if (last?.outcome === 'wrong-number') return { state: 'needs-person', reason: 'wrong-number' };
  if (form.callbackTries.length >= rules.maxTries) return { state: 'needs-person', reason: 'tries-used-up' };
  const at = Math.max(window.from, last ? last.startedAt + pauseAfter(last.outcome, rules) : window.from);
  if (at > window.to || now > window.to) return { state: 'needs-person', reason: 'window-over' };
  return at <= now ? { state: 'due', since: at } : { state: 'later', at };
};

/** When the customer may next be rung; `undefined`: not by rule (reached, or a person must decide). */
export const nextTryAt = (form: Called, now: number, rules: CallbackRules): number | undefined => {
  const standing = callbackState(form, now, rules);
  if (standing?.state === 'later') return standing.at;
  return standing?.state === 'due' ? standing.since : undefined;
};

const pauseAfter = (outcome: TryOutcome, rules: CallbackRules): number =>
  outcome === 'no-answer' || outcome === 'busy' ? rules.retryAfterMs[outcome] : 0;
