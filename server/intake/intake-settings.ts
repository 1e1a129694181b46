import { resolve } from 'node:path';
import { z } from 'zod';

/** A mail server with the account on it; the password stands in the URL or in a file of its own. */
export interface AccountSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; without it STARTTLS, but on loopback. */
  readonly secure: boolean;
  readonly user: string;
  readonly password: string;
  readonly passwordFile: string | undefined;
  /** What stands after the host in the URL. */
  readonly path: string;
}

export interface IntakeSettings {
  readonly imap: AccountSettings | undefined;
  readonly processedFolder: string;
  readonly problemFolder: string;
  readonly maxMessageBytes: number;
  readonly smtp: AccountSettings | undefined;
  /** Address our letters come from; known wherever mail is read or sent. */
  readonly from: string | undefined;
  readonly fromName: string;
  readonly confirmsReceipt: boolean;
  readonly faxFolder: string | undefined;
  readonly letterFolder: string | undefined;
  /** Addresses whose mails are faxes, in lower case. */
  readonly faxGateways: readonly string[];
}

/** `imaps://USER:PASSWORD@HOST:PORT/FOLDER`; a complaint never repeats what it complains of: there is a password in it. */
const account = (protocols: Readonly<Record<string, { readonly port: number; readonly secure: boolean }>>) => {
  const names = Object.keys(protocols).join(' or ');
  return z.string().transform((given, context): AccountSettings => {
    const url = URL.canParse(given) ? new URL(given) : undefined;
    const protocol = protocols[url?.protocol.replace(/:$/, '') ?? ''];
    if (!url || !protocol || url.hostname === '') {
      context.addIssue({ code: 'custom', message: `expected ${names}://USER:PASSWORD@HOST:PORT` });
      return z.NEVER;
    }
    return {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? protocol.port : Number(url.port),
      secure: protocol.secure,
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      passwordFile: undefined,
      path: decodeURIComponent(url.pathname.replace(/^\//, '')),
    };
  });
};

const address = z.email().max(320);
const file = z.string().min(1);

/** Environment variables of the intake, for `server/settings.ts`. */
export const intakeVariables = {
  ZUOXI_MAIL_IMAP: account({ imaps: { port: 993, secure: true }, imap: { port: 143, secure: false } }).optional(),
  ZUOXI_MAIL_IMAP_PASSWORD_FILE: file.optional(),
  ZUOXI_MAIL_PROCESSED_FOLDER: z.string().min(1).default('Processed'),
  ZUOXI_MAIL_PROBLEM_FOLDER: z.string().min(1).default('Problem'),
  ZUOXI_MAIL_MAX_MB: z.coerce.number().int().min(1).max(200).default(25),
  ZUOXI_MAIL_SMTP: account({ smtps: { port: 465, secure: true }, smtp: { port: 587, secure: false } }).optional(),
  ZUOXI_MAIL_SMTP_PASSWORD_FILE: file.optional(),
  ZUOXI_MAIL_FROM: address.optional(),
  ZUOXI_MAIL_FROM_NAME: z.string().max(100).default('电信客户服务热线'),
  ZUOXI_MAIL_RECEIPTS: z.enum(['0', '1']).default('1'),
  ZUOXI_FAX_FOLDER: file.optional(),
  ZUOXI_LETTER_FOLDER: file.optional(),
  ZUOXI_FAX_GATEWAYS: z
    .string()
    .transform((list) => list.split(',').map((entry) => entry.trim().toLowerCase()))
    .refine(
      (list) => list.every((entry) => address.safeParse(entry).success),
      'expected addresses, separated by commas',
    )
    .default([]),
};

type Variables = z.infer<z.ZodObject<typeof intakeVariables>>;

/** Without an address of our own, neither answers nor loops could be told. */
export const namesOurAddress = (
  given: Pick<Variables, 'ZUOXI_MAIL_IMAP' | 'ZUOXI_MAIL_SMTP' | 'ZUOXI_MAIL_FROM'>,
): boolean =>
  given.ZUOXI_MAIL_FROM !== undefined || (given.ZUOXI_MAIL_IMAP === undefined && given.ZUOXI_MAIL_SMTP === undefined);

export const intakeSettingsOf = (given: Variables): IntakeSettings => ({
  imap: given.ZUOXI_MAIL_IMAP && { ...given.ZUOXI_MAIL_IMAP, passwordFile: given.ZUOXI_MAIL_IMAP_PASSWORD_FILE },
  processedFolder: given.ZUOXI_MAIL_PROCESSED_FOLDER,
  problemFolder: given.ZUOXI_MAIL_PROBLEM_FOLDER,
  maxMessageBytes: given.ZUOXI_MAIL_MAX_MB * 1024 * 1024,
  smtp: given.ZUOXI_MAIL_SMTP && { ...given.ZUOXI_MAIL_SMTP, passwordFile: given.ZUOXI_MAIL_SMTP_PASSWORD_FILE },
  from: given.ZUOXI_MAIL_FROM,
  fromName: given.ZUOXI_MAIL_FROM_NAME,
  confirmsReceipt: given.ZUOXI_MAIL_RECEIPTS === '1',
  faxFolder: given.ZUOXI_FAX_FOLDER === undefined ? undefined : resolve(given.ZUOXI_FAX_FOLDER),
  letterFolder: given.ZUOXI_LETTER_FOLDER === undefined ? undefined : resolve(given.ZUOXI_LETTER_FOLDER),
  faxGateways: given.ZUOXI_FAX_GATEWAYS,
});
