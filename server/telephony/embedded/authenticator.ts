import { ok, type Result, refused } from '../../../domain/result.ts';
import type { SipAccounts, SipParty } from '../port.ts';
import {
  type DigestAlgorithm,
  type DigestCredentials,
  digestChallenges,
  digestResponse,
  type NonceMint,
  parseDigestCredentials,
  sameSecret,
} from './digest.ts';
import type { Flow } from './flow.ts';
import type { SipRequest } from './sip-message.ts';
import { fields, type Reply } from './sip-requests.ts';
import { parseSipUri, unescapeUri } from './sip-uri.ts';
import type { Throttle } from './throttle.ts';

/** A party that proved its secret. */
export type Proven = SipParty & {
  readonly username: string;
  /** Void as soon as the account has another one. */
  readonly ha1: string;
};
export type ProvenSeat = Extract<Proven, { kind: 'seat' }>;
export type ProvenGuest = Extract<Proven, { kind: 'guest' }>;

export interface Authenticator {
  /** The party that made this request, or the answer it gets instead. */
  readonly prove: (request: SipRequest, flow: Flow) => Result<Proven, Reply>;
  /** The secret proven once is still the account's. */
  readonly stillValid: (party: Proven) => boolean;
}

/** Answers a wrong digest gets at once from one address for one username; then one in ten seconds. */
const retryAfterSeconds = '10';

export const createAuthenticator = (parts: {
  readonly accounts: SipAccounts;
  readonly realm: string;
  readonly algorithms: readonly DigestAlgorithm[];
  readonly nonces: NonceMint;
  /** Wrong answers, by address and username. */
  readonly wrongAnswers: Throttle;
}): Authenticator => {
  const challenge = (stale: boolean): Reply => ({
    status: 401,
    more: fields(
      'WWW-Authenticate',
      digestChallenges(parts.algorithms, { realm: parts.realm, nonce: parts.nonces.issue(), stale }),
    ),
  });
  const partyOf = ({ username, algorithm }: DigestCredentials): Proven | undefined => {
    const account = parts.accounts.find(username);
    const ha1 = algorithm === 'MD5' ? account?.ha1 : account?.ha1Sha256;
    return account && ha1 !== undefined ? { ...account, username, ha1 } : undefined;
  };
  return {
    prove: (request, flow) => {
      const credentials = request.headers
        .filter((header) => header.name.toLowerCase() === 'authorization')
        .map((header) => parseDigestCredentials(header.value))
        .find((given) => given?.realm === parts.realm && parts.algorithms.includes(given.algorithm));
      if (!credentials) return refused(challenge(false));
      const attempt = `${flow.remoteAddress} ${credentials.username}`;
      if (!parts.wrongAnswers.hasRoom(attempt)) {
        return refused({ status: 503, more: [{ name: 'Retry-After', value: retryAfterSeconds }] });
      }
      const party = partyOf(credentials);
      // An unknown user costs the same time as a known one.
      const expected = digestResponse(party?.ha1 ?? '', request.method, credentials);
      if (!sameSecret(expected, credentials.response) || !party || credentials.uri !== request.uri) {
        parts.wrongAnswers.allows(attempt);
        return refused(challenge(false));
      }
      // The secret is right: what is wrong with the nonce is its age, or a repetition (RFC 7616 section 3.3).
      if (parts.nonces.judge(credentials.nonce, credentials.nonceCount) !== 'fresh') return refused(challenge(true));
      parts.nonces.use(credentials.nonce, credentials.nonceCount);
      if (userOf(request.method === 'REGISTER' ? request.to.uri : request.from.uri) !== credentials.username) {
        return refused({ status: 403 });
      }
      return ok(party);
    },
    stillValid: (party) => {
      const account = parts.accounts.find(party.username);
      return account !== undefined && (account.ha1 === party.ha1 || account.ha1Sha256 === party.ha1);
    },
  };
};

const userOf = (uri: string): string | undefined => {
  const parsed = parseSipUri(uri);
  return parsed.ok ? unescapeUri(parsed.value.user) : undefined;
};
