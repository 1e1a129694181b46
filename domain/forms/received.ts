import { z } from 'zod';
import { mailProblem } from './origin.ts';

/** An e-mail that came in answer to something on the form, threaded onto it; its files are attachments. */
export const receivedMail = z.strictObject({
  from: z.string().max(320),
  fromName: z.string().max(200),
  subject: z.string().max(500),
  messageId: z.string().max(998),
  receivedAt: z.int().nonnegative(),
  text: z.string().max(20_000),
  problem: mailProblem.nullable(),
});

export const received = receivedMail.extend({ operation: z.string() });
export type Received = z.infer<typeof received>;
