import { z } from 'zod';
import { callOrigins } from '../domain/access/call-origin.ts';
import { languages } from '../domain/access/language.ts';
import { services } from '../domain/access/services.ts';
import { staffNumberPattern } from '../domain/people/roles.ts';
import { callerPriorities } from '../domain/routing/priority.ts';

/**
 * Hint headers on an INVITE between the switch and a seat, either way; every value is validated before
 * use. A seat that dials may name the contact (so that it can link the call) and the form of the
 * callback it dials for.
 */
export const sipHeaders = {
  contactId: 'X-Zuoxi-Contact',
  caller: 'X-Zuoxi-Caller',
  service: 'X-Zuoxi-Service',
  language: 'X-Zuoxi-Language',
  waitedSeconds: 'X-Zuoxi-Waited',
  origin: 'X-Zuoxi-Origin',
  priority: 'X-Zuoxi-Priority',
  callback: 'X-Zuoxi-Callback',
  form: 'X-Zuoxi-Form',
  giver: 'X-Zuoxi-Giver',
} as const;

const contactId = z.string().regex(/^[\w-]{1,64}$/);

export const callHints = z.strictObject({
  contactId,
  /** What the trunk said, digits and signs of a telephone number only; empty: withheld. */
  caller: z.string().regex(/^[+\d*#]{0,32}$/),
  service: z.enum(services),
  language: z.enum(languages),
  waitedSeconds: z.coerce.number().int().min(0).max(86_400),
  /** Absent where the switch is one that takes calls from trunks only. */
  origin: z.enum(callOrigins).default('trunk'),
  /** Absent where the records rank nobody. */
  priority: z.enum(callerPriorities).default('normal'),
  /** Form of a callback promised to this caller, who rings first (A6): it is kept by the answer. */
  callback: z.uuid().optional(),
  /** The form that is handed on together with the talk (J1, J3, J4, S1). */
  form: z.uuidv7().optional(),
  /** The seat that hands the talk on and speaks first: the caller is joined later, and announced to then. */
  giver: z.string().regex(staffNumberPattern).optional(),
});
export type CallHints = z.infer<typeof callHints>;

/** What a seat says of a call it makes. */
export const dialHints = z.object({
  [sipHeaders.contactId]: contactId.optional(),
  /** The form whose callback this is: its claim is checked, and nobody else may be ringing it. */
  [sipHeaders.callback]: z.uuid().optional(),
});
