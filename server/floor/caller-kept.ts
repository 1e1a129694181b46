import { z } from 'zod';
import { contactKept } from './contact-kept.ts';

/** What is kept of a caller so that a restart of the server costs them no place in the queue. */
export const callerKept = z.object({
  contact: contactKept,
  state: z.enum(['queued', 'talking']),
  /** Server time in ms since when the caller waits, or waited. */
  since: z.int(),
});
export type CallerKept = z.infer<typeof callerKept>;
