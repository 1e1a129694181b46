import { z } from 'zod';

/** A4: the ways in which a clerk asks the customer about what is unclear. */
export const checkBackChannels = ['call', 'fax', 'e-mail', 'letter', 'web-message'] as const;

const instant = z.int().nonnegative();

export const checkBackAsked = z.strictObject({
  id: z.uuid(),
  channel: z.enum(checkBackChannels),
  /** Number or address. */
  to: z.string().trim().min(1).max(320),
  text: z.string().trim().min(1).max(4_000),
  /** When somebody is to be reminded if no answer has come by then. */
  remindAt: instant,
});

/** How the sending went, where the centre sends by itself (e-mail). */
export const checkBackSending = z.strictObject({
  /** `unsure`: the line or the centre went down while it was handed over. It may have arrived, and is not sent again. */
  outcome: z.enum(['sent', 'failed', 'unsure']),
  at: instant,
  /** The other mail server's words on a failure. */
  detail: z.string().max(500),
});

/** One attempt to clear something up with the customer; each stays on the form. */
export const checkBack = checkBackAsked.extend({
  operation: z.string(),
  by: z.string(),
  at: instant,
  sending: checkBackSending.nullable(),
  answer: z.strictObject({ operation: z.string(), by: z.string(), at: instant, text: z.string() }).nullable(),
});
export type CheckBack = z.infer<typeof checkBack>;

/** Those without an answer whose time to remind has come (A4). */
export const checkBacksDue = (form: { readonly checkBacks: readonly CheckBack[] }, now: number): readonly CheckBack[] =>
  form.checkBacks.filter((one) => one.answer === null && one.remindAt <= now);
