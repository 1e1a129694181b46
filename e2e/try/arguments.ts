import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { staffNumber } from '../../contract/http.ts';
import { languages } from '../../domain/access/language.ts';

const schema = z.object({
  /** 工号 of the demo staff member who answers. */
  agent: staffNumber,
  language: z.enum(languages),
  /** How long the caller waits in the queue before the agent becomes ready. */
  queueSeconds: z.coerce.number().int().min(0).max(120),
  /** Absolute: programs that are started in folders of their own write there too. */
  out: z
    .string()
    .min(1)
    .transform((path) => resolve(path)),
});
export type TryArguments = z.infer<typeof schema>;

export const usage = 'npm run try -- [--agent 1001] [--language zh|en] [--queue-seconds 0] [--out out/try]';

/** Throws with words for the person at the terminal where an argument is unknown or out of range. */
export const readArguments = (given: readonly string[]): TryArguments => {
  const { values } = parseArgs({
    args: [...given],
    options: {
      agent: { type: 'string', default: '1001' },
      language: { type: 'string', default: 'zh' },
      'queue-seconds': { type: 'string', default: '0' },
      out: { type: 'string', default: 'out/try' },
    },
  });
  return schema.parse({ ...values, queueSeconds: values['queue-seconds'] });
};
