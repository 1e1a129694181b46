import { type Logger, pino, stdSerializers } from 'pino';

/** `13800138000` → `138****8000`: enough to find a call again, not enough to ring anyone up. */
export const maskNumber = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  return value.replace(/\+?\d{5,}/g, (digits) =>
    digits.length < 8 ? `${digits.slice(0, 2)}****` : `${digits.slice(0, 3)}****${digits.slice(-4)}`,
  );
};

/** What an error says of itself without its message, in which a database quotes what it was given. */
export const withoutWords = (error: unknown): object => {
  if (!(error instanceof Error)) return { fault: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const at = (error.stack ?? '').split('\n').filter((line) => /^ {4}at \S/.test(line));
  return { fault: error.name, ...code, at };
};

/** Names under which numbers of callers are logged anywhere in the server. */
const numberKeys = ['caller', 'callerId', 'contactNumber', 'dialled', 'number', 'remote', 'target'] as const;

const secretPaths = [
  'password',
  'accessToken',
  'refreshToken',
  'ha1',
  'authorization',
  'headers.authorization',
].flatMap((path) => [path, `*.${path}`]);

/** JSON lines on standard output: secrets removed, numbers masked. */
export const createLog = (level: string): Logger =>
  pino({
    level,
    base: null,
    redact: { paths: secretPaths, remove: true },
    serializers: {
      error: stdSerializers.err,
      ...Object.fromEntries(numberKeys.map((key) => [key, maskNumber])),
    },
  });
