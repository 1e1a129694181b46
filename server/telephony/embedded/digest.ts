import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from './parts.ts';
import { quote, splitOutsideQuotes, unquote } from './sip-uri.ts';

/** RFC 2617 and 7616 as RFC 3261 and 8760 use them, with `qop=auth` and nothing weaker. */
export type DigestAlgorithm = 'MD5' | 'SHA-256';

export interface DigestCredentials {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly algorithm: DigestAlgorithm;
  readonly cnonce: string;
  /** Eight hex digits. */
  readonly nonceCount: string;
}

const hashNames = { MD5: 'md5', 'SHA-256': 'sha256' } as const satisfies Record<DigestAlgorithm, string>;

const hash = (algorithm: DigestAlgorithm, text: string): string =>
  createHash(hashNames[algorithm]).update(text).digest('hex');

/** Secret kept instead of a password: H(username:realm:password). */
export const digestSecret = (algorithm: DigestAlgorithm, username: string, realm: string, password: string): string =>
  hash(algorithm, `${username}:${realm}:${password}`);

/** What the `response` parameter must be. */
export const digestResponse = (
  ha1: string,
  method: string,
  given: Omit<DigestCredentials, 'response' | 'username' | 'realm'>,
): string =>
  hash(
    given.algorithm,
    [ha1, given.nonce, given.nonceCount, given.cnonce, 'auth', hash(given.algorithm, `${method}:${given.uri}`)].join(
      ':',
    ),
  );

/** Both as long as each other or not at all, compared in constant time. */
export const sameSecret = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const maxValueLength = 512;

/** The value of an Authorization header; undefined where it is not a complete Digest with `qop=auth`. */
export const parseDigestCredentials = (header: string): DigestCredentials | undefined => {
  const [, rest] = /^Digest[ \t]+(.*)$/is.exec(header) ?? [];
  if (rest === undefined || rest.length > 4_096) return undefined;
  const values = new Map<string, string>();
  for (const part of splitOutsideQuotes(rest, ',')) {
    const [, name = '', value = ''] = /^([\w-]+)[ \t]*=[ \t]*(.*)$/s.exec(part.trim()) ?? [];
    if (name === '' || values.has(name.toLowerCase()) || value.length > maxValueLength) return undefined;
    values.set(name.toLowerCase(), unquote(value));
  }
  const algorithm = algorithmOf(values.get('algorithm'));
  const username = values.get('username');
  const realm = values.get('realm');
  const nonce = values.get('nonce');
  const uri = values.get('uri');
  const response = values.get('response');
  const cnonce = values.get('cnonce');
  const nonceCount = values.get('nc');
  if (!algorithm || values.get('qop') !== 'auth' || !nonceCount || !/^[0-9a-f]{8}$/i.test(nonceCount)) return undefined;
  if (!username || !realm || !nonce || !uri || !response || !cnonce) return undefined;
  return { username, realm, nonce, uri, response: response.toLowerCase(), algorithm, cnonce, nonceCount };
};

const algorithmOf = (name: string | undefined): DigestAlgorithm | undefined => {
  if (name === undefined) return 'MD5';
  const upper = name.toUpperCase();
  return upper === 'MD5' || upper === 'SHA-256' ? upper : undefined;
};

/** Values of the WWW-Authenticate headers, the most wanted first (RFC 8760 section 2.4). */
export const digestChallenges = (
  algorithms: readonly DigestAlgorithm[],
  challenge: { readonly realm: string; readonly nonce: string; readonly stale: boolean },
): string[] =>
  algorithms.map((algorithm) =>
    [
      `Digest realm=${quote(challenge.realm)}`,
      `nonce=${quote(challenge.nonce)}`,
      `algorithm=${algorithm}`,
      'qop="auth"',
      ...(challenge.stale ? ['stale=true'] : []),
    ].join(', '),
  );

export type NonceVerdict = 'fresh' | 'stale' | 'unknown' | 'replayed';

/**
 * Nonces that prove their own origin and age, so that a flood of unanswered challenges costs no
 * memory. Only a nonce that somebody with the right password used is remembered, with its count.
 */
export interface NonceMint {
  readonly issue: () => string;
  /** Call with `use` only after the response was found right: it counts the nonce as used. */
  readonly judge: (nonce: string, nonceCount: string) => NonceVerdict;
  readonly use: (nonce: string, nonceCount: string) => void;
}

const maxUsedNonces = 10_000;

export const createNonceMint = (options: {
  readonly clock: Clock;
  readonly secret: string;
  readonly lifetimeMs: number;
}): NonceMint => {
  const used = new Map<string, { readonly count: number; readonly endsAt: number }>();
  let issued = 0;
  const sign = (stamp: string): string =>
    createHmac('sha256', options.secret).update(stamp).digest('base64url').slice(0, 32);
  const issuedAt = (nonce: string): number | undefined => {
    const [stamp = '', signature = ''] = nonce.split('.');
    return sameSecret(sign(stamp), signature) ? Number.parseInt(stamp.split('-')[0] ?? '', 36) : undefined;
  };
  const forgetOld = (): void => {
    for (const [nonce, entry] of used) {
      // Oldest first: the first that still lives ends the search, unless there are too many.
      if (entry.endsAt > options.clock() && used.size < maxUsedNonces) return;
      used.delete(nonce);
    }
  };
  return {
    issue: () => {
      issued += 1;
      const stamp = `${options.clock().toString(36)}-${issued.toString(36)}`;
      return `${stamp}.${sign(stamp)}`;
    },
    judge: (nonce, nonceCount) => {
      const at = issuedAt(nonce);
      if (at === undefined) return 'unknown';
      if (options.clock() - at >= options.lifetimeMs) return 'stale';
      return Number.parseInt(nonceCount, 16) > (used.get(nonce)?.count ?? 0) ? 'fresh' : 'replayed';
    },
    use: (nonce, nonceCount) => {
      const known = used.get(nonce);
      if (!known) forgetOld();
      const endsAt = known?.endsAt ?? options.clock() + options.lifetimeMs;
      used.set(nonce, { count: Number.parseInt(nonceCount, 16), endsAt });
    },
  };
};
