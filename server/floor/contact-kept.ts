import { z } from 'zod';
import { callOrigins } from '../../domain/access/call-origin.ts';
import { languages } from '../../domain/access/language.ts';
import { services } from '../../domain/access/services.ts';

/** A contact as it stands in files that a restarted server reads again. */
export const contactKept = z.object({
  contactId: z.string(),
  caller: z.string(),
  service: z.enum(services),
  language: z.enum(languages),
  origin: z.enum(callOrigins),
});
