import { createHash, randomBytes } from 'node:crypto';
import type { SipAccountSecret, SipAccounts } from '../telephony/port.ts';

export interface SipCredentials {
  readonly username: string;
  readonly password: string;
}

/** SIP credentials made for one session, kept in memory as HA1 only: a restart makes all of them void. */
export class SessionSipAccounts implements SipAccounts {
  readonly #realm: string;
  readonly #accounts = new Map<string, { readonly seat: string; readonly ha1: string; readonly session: string }>();

  constructor(realm: string) {
    this.#realm = realm;
  }

  find(username: string): SipAccountSecret | undefined {
    const account = this.#accounts.get(username);
    return account && { kind: 'seat', seat: account.seat, ha1: account.ha1 };
  }

  /** Makes whatever the session or the seat had before void: a seat is registered in one place. */
  issue(session: string, seat: string): SipCredentials {
    this.#revoke((account) => account.session === session || account.seat === seat);
    const username = `${seat}-${randomBytes(6).toString('hex')}`;
    const password = randomBytes(24).toString('base64url');
    const ha1 = createHash('md5').update(`${username}:${this.#realm}:${password}`).digest('hex');
    this.#accounts.set(username, { seat, ha1, session });
    return { username, password };
  }

  endSession(session: string): void {
    this.#revoke((account) => account.session === session);
  }

  #revoke(isVoid: (account: { readonly seat: string; readonly session: string }) => boolean): void {
    for (const [username, account] of this.#accounts) {
      if (isVoid(account)) this.#accounts.delete(username);
    }
  }
}
