import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { DeadlineRules } from '../domain/deadlines/deadline-rules.ts';
import type { FormRules } from '../domain/forms/form-row.ts';
import { usualProcedureRules } from '../domain/forms/procedure/procedure-rules.ts';
import { ok, type Result, refused } from '../domain/result.ts';
import type { CacheRules } from '../domain/sync/cache-rules.ts';
import type { AccessSettings } from './access/access-settings.ts';
import { accessSettingsOf, accessVariables } from './access/access-variables.ts';
import { deadlineRulesOf, deadlineVariables } from './deadlines/deadline-variables.ts';
import { type IntakeSettings, intakeSettingsOf, intakeVariables, namesOurAddress } from './intake/intake-settings.ts';
import { cacheRulesOf, cacheVariables } from './sync/cache-variables.ts';

const port = z.coerce.number().int().min(0).max(65_535);

const rtpPorts = z
  .string()
  .regex(/^\d{1,5}-\d{1,5}$/, 'expected FIRST-LAST, such as 40000-40999')
  .transform((range) => {
    const [first = 0, last = 0] = range.split('-').map(Number);
    return { first, last };
  })
  .refine(
    ({ first, last }) => first >= 1024 && first < last && last <= 65_535,
    'expected 1024 <= FIRST < LAST <= 65535',
  );

const flag = z.enum(['0', '1']).transform((value) => value === '1');

const isNetwork = (entry: string): boolean => {
  const [address = '', prefix, ...more] = entry.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    more.length === 0 && bits > 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
  );
};

const wildcards: readonly string[] = ['0.0.0.0', '::'];

const variables = z.object({
  ZUOXI_HTTP_PORT: port.default(8100),
  ZUOXI_BIND: z
    .string()
    .refine((address) => isIP(address) !== 0, 'expected an IP address')
    .default('127.0.0.1'),
  /** What callers and seats are told to send to; needed where the server listens on every address. */
  ZUOXI_ADVERTISED_ADDRESS: z
    .string()
    .refine((address) => isIP(address) !== 0, 'expected an IP address')
    .optional(),
  ZUOXI_SIP_PORT: port.default(5060),
  ZUOXI_RTP_PORTS: rtpPorts.default({ first: 40_000, last: 40_999 }),
  ZUOXI_DATA: z.string().min(1).default('data'),
  DATABASE_URL: z
    .string()
    .refine(
      (url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url),
      'expected postgres://USER:PASSWORD@HOST:PORT/DATABASE',
    )
    .optional(),
  ZUOXI_PROMPTS: z.string().min(1).optional(),
  ZUOXI_SIP_TRACE: z.string().min(1).optional(),
  /** Who may send calls without a password: addresses and networks, `10.1.0.4,10.2.0.0/24`. */
  ZUOXI_TRUNKS: z
    .string()
    .transform((list) => list.split(',').map((entry) => entry.trim()))
    .refine((list) => list.every(isNetwork), 'expected IP addresses or networks, separated by commas')
    .default(['127.0.0.1', '::1']),
  /** The exchange that calls out go over: `sip:10.1.0.4:5060`. Absent: nobody calls out. */
  ZUOXI_TRUNK_OUT: z
    .string()
    .transform((uri) => uri.replace(/^sip:/i, ''))
    .refine((host) => {
      const [, address = '', port = '5060'] = /^(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(host) ?? [];
      return isIP(address.replace(/^\[|\]$/g, '')) !== 0 && Number(port) <= 65_535;
    }, 'expected sip:ADDRESS:PORT')
    .optional(),
  ZUOXI_TRUNK_OUT_USER: z.string().min(1).optional(),
  ZUOXI_TRUNK_OUT_PASSWORD: z.string().default(''),
  ZUOXI_WRAP_UP_SECONDS: z.coerce.number().int().min(0).max(3_600).default(30),
  /** The number that customers dial: the public page shows and calls it, those who are called are shown and told it. */
  ZUOXI_HOTLINE: z
    .string()
    .regex(/^\+?\d{3,15}$/, 'expected a telephone number')
    .default('1000'),
  /** Off unless said: it opens the centre to strangers, which wants HTTPS and a proxy in front. */
  ZUOXI_PUBLIC_PAGE: flag.default(false),
  /** Whose word on a client's address is taken (X-Forwarded-For): addresses and networks. */
  ZUOXI_TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(',').map((entry) => entry.trim()))
    .refine((list) => list.every(isNetwork), 'expected IP addresses or networks, separated by commas')
    .default([]),
  ...accessVariables,
  ...deadlineVariables,
  ...intakeVariables,
  ...cacheVariables,
  ZUOXI_DEMO: flag.default(false),
  ZUOXI_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug']).default('info'),
});

const environment = variables
  .refine((given) => !wildcards.includes(given.ZUOXI_BIND) || given.ZUOXI_ADVERTISED_ADDRESS !== undefined, {
    path: ['ZUOXI_ADVERTISED_ADDRESS'],
    message: 'needed where ZUOXI_BIND is every address',
  })
  .refine(namesOurAddress, { path: ['ZUOXI_MAIL_FROM'], message: 'needed where mail is read or sent' });

export interface Settings {
  readonly httpPort: number;
  readonly bindAddress: string;
  readonly advertisedAddress: string | undefined;
  /** UDP port for trunks. */
  readonly sipPort: number;
  readonly rtpPorts: { readonly first: number; readonly last: number };
  readonly dataFolder: string;
  /** Absent: the records lie in the data folder. */
  readonly databaseUrl: string | undefined;
  readonly recordedPrompts: string | undefined;
  readonly sipTraceFile: string | undefined;
  readonly trunks: readonly string[];
  readonly trunkOut:
    | { readonly host: string; readonly account: { readonly username: string; readonly password: string } | undefined }
    | undefined;
  readonly wrapUpSeconds: number;
  readonly hotline: string;
  readonly publicPage: boolean;
  readonly trustedProxies: readonly string[];
  readonly access: AccessSettings;
  readonly deadlines: DeadlineRules;
  readonly lineRecords: string | undefined;
  /** 0: for ever. */
  readonly recordingDays: number;
  readonly intake: IntakeSettings;
  readonly cacheRules: CacheRules;
  readonly demo: boolean;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug';
  readonly databaseConnections: number;
}

/** What forms are judged and their rows reckoned by. */
export const formRulesOf = ({ access, deadlines }: Settings): FormRules => ({
  callbacks: access.callbackRules,
  procedures: { ...usualProcedureRules, deadlines },
});

/** Settings from environment variables; the failure names each variable that cannot be used, and why. */
export const readSettings = (
  given: Readonly<Record<string, string | undefined>>,
): Result<Settings, readonly string[]> => {
  // An empty variable is how shells and unit files say "not set".
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(set);
  if (!parsed.success) return refused(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const {
    ZUOXI_HTTP_PORT: httpPort,
    ZUOXI_BIND: bindAddress,
    ZUOXI_ADVERTISED_ADDRESS: advertisedAddress,
    ZUOXI_SIP_PORT: sipPort,
    ZUOXI_RTP_PORTS: rtpPortRange,
    ZUOXI_DATA: dataFolder,
    DATABASE_URL: databaseUrl,
    ZUOXI_PROMPTS: recordedPrompts,
    ZUOXI_SIP_TRACE: sipTraceFile,
    ZUOXI_TRUNKS: trunks,
    ZUOXI_TRUNK_OUT: trunkOutHost,
    ZUOXI_TRUNK_OUT_USER: trunkOutUser,
    ZUOXI_TRUNK_OUT_PASSWORD: trunkOutPassword,
    ZUOXI_WRAP_UP_SECONDS: wrapUpSeconds,
    ZUOXI_HOTLINE: hotline,
    ZUOXI_PUBLIC_PAGE: publicPage,
    ZUOXI_TRUSTED_PROXIES: trustedProxies,
    ZUOXI_LINE_RECORDS: lineRecords,
    ZUOXI_RECORDING_DAYS: recordingDays,
    ZUOXI_DEMO: demo,
    ZUOXI_LOG_LEVEL: logLevel,
  } = parsed.data;
  return ok({
    httpPort,
    bindAddress,
    advertisedAddress,
    sipPort,
    rtpPorts: rtpPortRange,
    dataFolder: resolve(dataFolder),
    databaseUrl,
    recordedPrompts: recordedPrompts === undefined ? undefined : resolve(recordedPrompts),
    sipTraceFile: sipTraceFile === undefined ? undefined : resolve(sipTraceFile),
    trunks,
    trunkOut:
      trunkOutHost === undefined
        ? undefined
        : {
            host: trunkOutHost,
            account: trunkOutUser === undefined ? undefined : { username: trunkOutUser, password: trunkOutPassword },
          },
    wrapUpSeconds,
    hotline,
    publicPage,
    trustedProxies,
    access: accessSettingsOf(parsed.data),
    deadlines: deadlineRulesOf(parsed.data),
    lineRecords,
    recordingDays,
    intake: intakeSettingsOf(parsed.data),
    cacheRules: cacheRulesOf(parsed.data),
    demo,
    logLevel,
    databaseConnections: Math.max(4, availableParallelism() * 2),
  });
};
