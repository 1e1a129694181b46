import { z } from 'zod';
import { languages } from '../domain/access/language.ts';
import { maskedFields } from '../domain/forms/procedure/procedure.ts';
import { procedureRules } from '../domain/forms/procedure/procedure-rules.ts';
import { form } from './sync.ts';

/** What is laid out on A4: a form, or one of its orders, as the one who prints it may see it. */
export const paper = z.strictObject({
  form,
  /** An order of the form; null: the form itself. */
  order: z.uuid().nullable(),
  /** Personal data that stands on the paper masked. */
  masked: z.array(z.enum(maskedFields)),
  /** That of the interface. */
  language: z.enum(languages),
  printedBy: z.string(),
  /** By the centre's clock. */
  printedAt: z.int(),
  procedureRules,
});
export type Paper = z.infer<typeof paper>;

export const paperAsked = z.strictObject({ form: z.string(), order: z.uuid().nullable() });

/** `given-up`: by whoever was asked where to, or by the printer. */
export const paperDone = z.enum(['done', 'given-up']);

export const paperFailure = z.strictObject({
  code: z.enum(['not-signed-in', 'not-found', 'not-allowed', 'unreachable', 'not-laid-out', 'not-written']),
});
