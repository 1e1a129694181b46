import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

export const accessLifeMs = 15 * 60_000;
export const refreshLifeMs = 12 * 3_600_000;

const claims = z.strictObject({
  session: z.uuid(),
  /** Which of the session's pairs of tokens this one belongs to. */
  pair: z.int().positive(),
  endsAt: z.int(),
});
export type AccessClaims = z.infer<typeof claims>;

/**
 * Access tokens: `CLAIMS.MAC`, both base64url, HMAC-SHA-256. Signed by one algorithm with one key,
 * so that a token has no say in how it is checked.
 */
export interface AccessTokens {
  readonly sign: (claims: AccessClaims) => string;
  /** `undefined` for anything not signed by this key or past its end. */
  readonly verify: (token: string, now: number) => AccessClaims | undefined;
}

export const createAccessTokens = (key: Buffer): AccessTokens => {
  const macOf = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    sign: (given) => {
      const text = Buffer.from(JSON.stringify(given)).toString('base64url');
      return `${text}.${macOf(text).toString('base64url')}`;
    },
    verify: (token, now) => {
      const [text = '', mac = '', ...more] = token.split('.');
      const presented = Buffer.from(mac, 'base64url');
      const expected = macOf(text);
      if (more.length > 0 || presented.length !== expected.length || !timingSafeEqual(presented, expected)) {
        return undefined;
      }
      const found = claims.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
      return found.endsAt > now ? found : undefined;
    },
  };
};

/** 256 random bits; only their hash is kept, so a stolen database signs nobody in. */
export const newRefreshToken = (): string => randomBytes(32).toString('base64url');

export const refreshTokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
