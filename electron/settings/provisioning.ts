import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { ok, type Result, refused } from '../../domain/result.ts';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What an installer says about a workstation, in one file for all of them. */
const provisioning = z
  .strictObject({
    /** The centre's address, `https://host` or `https://host:port`. */
    server: z.url({ protocol: /^https?$/ }).transform((text) => new URL(text).origin),
    /** Passwords and calls would cross the network for all to read: only where somebody decided so. */
    allowPlainHttp: z.boolean().default(false),
    /** Folder of recorded announcement clips, `zh/` and `en/`, that win over those shipped. */
    prompts: z.string().min(1).nullable().default(null),
    interfaceLanguage: z.enum(['zh', 'en']).default('zh'),
  })
  .refine(
    ({ server, allowPlainHttp }) =>
      server.startsWith('https:') || allowPlainHttp || loopback.has(new URL(server).hostname),
    {
      path: ['server'],
      message: 'plain http to another machine needs "allowPlainHttp": true',
    },
  );
export type Provisioning = z.output<typeof provisioning>;

const standardFile = '/etc/zuoxi/provisioning.json';

/** A desk nobody has provisioned looks for the centre on its own machine. */
const builtIn = { server: 'http://127.0.0.1:8100' };

/** The file named at start, else the machine's, else the built-in default; a refusal says what to mend. */
export const readProvisioning = (named: string | undefined): Result<Provisioning, string> => {
  if (named === undefined && !existsSync(standardFile)) return ok(provisioning.parse(builtIn));
  const file = named ?? standardFile;
  try {
    const parsed = provisioning.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return ok(parsed.data);
    return refused(
      `${file}: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`.trim()).join('; ')}`,
    );
  } catch (error) {
    return refused(`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
};
