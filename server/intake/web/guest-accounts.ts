import { createHash, randomBytes } from 'node:crypto';
import type { SipAccounts } from '../../telephony/port.ts';

/** SIP accounts of callers from the page, in memory: a restart makes all of them void. */
export interface GuestAccounts extends SipAccounts {
  /** `undefined` where there are too many already. */
  readonly issue: (source: string) => { readonly username: string; readonly password: string } | undefined;
}

/** Time from the pass to the call: the microphone is asked for before. */
export const passLifeMs = 60_000;
/** How long a call that has begun can prove itself again over a new connection. */
const accountLifeMs = 4 * 3_600_000;
const maxAccounts = 2_000;

export const createGuestAccounts = (parts: {
  /** Of the digests. */
  readonly realm: string;
  readonly hotline: string;
  readonly clock: () => number;
}): GuestAccounts => {
  const accounts = new Map<string, { readonly ha1: string; readonly source: string; readonly issuedAt: number }>();
  const forgetOld = (): void => {
    // Oldest first.
    for (const [username, { issuedAt }] of accounts) {
      if (parts.clock() - issuedAt < accountLifeMs) return;
      accounts.delete(username);
    }
  };
  return {
    issue: (source) => {
      forgetOld();
      if (accounts.size >= maxAccounts) return undefined;
      const username = `${guestPrefix}${randomBytes(9).toString('hex')}`;
      const password = randomBytes(24).toString('base64url');
      const ha1 = createHash('md5').update(`${username}:${parts.realm}:${password}`).digest('hex');
      accounts.set(username, { ha1, source, issuedAt: parts.clock() });
      return { username, password };
    },
    find: (username) => {
      const account = accounts.get(username);
      if (!account || parts.clock() - account.issuedAt >= accountLifeMs) return undefined;
      const { ha1, source, issuedAt } = account;
      return { kind: 'guest', ha1, source, dials: parts.hotline, mayCallUntil: issuedAt + passLifeMs };
    },
  };
};

/** No staff number has a hyphen, so that no guest's name is ever one. */
const guestPrefix = 'guest-';
