import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Person, refreshRequest, signInRequest, tokens } from '../../contract/http.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import { type AuditAction, writeAudit } from '../records/audit.ts';
import {
  confirmPair,
  deskOf,
  endSession,
  findLiveSession,
  issuePair,
  type LiveSession,
  renewEpoch,
  startSession,
} from '../records/sessions.ts';
import { findStaff, type StaffRecord } from '../records/staff.ts';
import type { Tables } from '../records/tables.ts';
import type { Passwords } from './passwords.ts';
import type { Throttle } from './throttle.ts';
import { type AccessTokens, accessLifeMs, newRefreshToken, refreshLifeMs, refreshTokenHash } from './tokens.ts';

type Tokens = z.infer<typeof tokens>;

export interface SignedIn {
  readonly tokens: Tokens;
  readonly person: Person;
  readonly desk: number;
  readonly epoch: string;
}

/** Sign-in, tokens, and the end of sessions. */
export interface Authentication {
  /** What a sign-in asks of a password, its throttles and audit too, with no session made; `refusal` names it there. */
  readonly checkPassword: (
    given: { readonly staffNumber: string; readonly password: string },
    address: string,
    refusal: { readonly action: AuditAction; readonly details: Readonly<Record<string, unknown>> },
  ) => Promise<Result<StaffRecord, 'wrong-password' | 'too-many-tries'>>;
  readonly signIn: (
    request: z.infer<typeof signInRequest>,
    address: string,
  ) => Promise<Result<SignedIn, 'wrong-password' | 'too-many-tries' | 'device-copied'>>;
  readonly refresh: (request: z.infer<typeof refreshRequest>) => Promise<Result<Tokens, 'not-signed-in'>>;
  readonly signOut: (session: LiveSession) => Promise<void>;
  /** Asks the records each time: a session's end, or a change of roles, holds from the next request on. */
  readonly check: (accessToken: string) => Promise<LiveSession | undefined>;
  /** Tells of every session that ends, however it ends; returns the function that stops it. */
  readonly onSessionEnded: (listener: (session: string) => void) => () => void;
}

export interface AuthenticationParts {
  readonly db: Kysely<Tables>;
  readonly clock: () => number;
  readonly accessTokens: AccessTokens;
  readonly passwords: Passwords;
  readonly accountThrottle: Throttle;
  readonly addressThrottle: Throttle;
}

export const createAuthentication = (parts: AuthenticationParts): Authentication => {
  const { db, clock, accessTokens } = parts;
  const listeners = new Set<(session: string) => void>();
  const tellEnded = (session: string) => {
    for (const listener of listeners) listener(session);
  };

  const issue = async (transaction: Kysely<Tables>, session: string, now: number): Promise<Tokens> => {
    const refreshToken = newRefreshToken();
    const hash = refreshTokenHash(refreshToken);
    const pair = await issuePair(transaction, session, { hash, endsAt: now + refreshLifeMs });
    const accessEndsAt = now + accessLifeMs;
    return { accessToken: accessTokens.sign({ session, pair, endsAt: accessEndsAt }), refreshToken, accessEndsAt };
  };

  const admitted = (staffNumber: string, address: string, now: number): boolean =>
    parts.addressThrottle.admit(address, now) && parts.accountThrottle.admit(staffNumber, now);

  const checkPassword: Authentication['checkPassword'] = async ({ staffNumber, password }, address, refusal) => {
    const now = clock();
    if (!admitted(staffNumber, address, now)) return refused('too-many-tries');
    const takeBack = () => {
      parts.accountThrottle.takeBack(staffNumber);
      parts.addressThrottle.takeBack(address);
    };
    const staff = await findStaff(db, staffNumber).catch((error: unknown) => {
      // With the records away no password is looked at: desks that go on asking must not be shut out once they are back.
      takeBack();
      throw error;
    });
    const matched = await parts.passwords.matches(staff?.passwordHash, password);
    if (!staff || !matched) {
      await writeAudit(db, {
        at: now,
        actor: null,
        action: refusal.action,
        subject: staffNumber,
        details: { address, ...refusal.details },
      });
      return refused('wrong-password');
    }
    takeBack();
    return ok(staff);
  };

  return {
    checkPassword,

    signIn: async ({ staffNumber, password, device, epoch: shown }, address) => {
      const now = clock();
      const checked = await checkPassword({ staffNumber, password }, address, {
        action: 'sign-in-refused',
        details: { device },
      });
      if (!checked.ok) return checked;
      const desk = await deskOf(db, device, now);
      const session = randomUUID();
      const started = await db.transaction().execute(async (transaction) => {
        const audited = { at: now, details: { address, device } };
        const epoch = await renewEpoch(transaction, device, shown);
        if (epoch === undefined) {
          const details = { ...audited.details, reason: 'device-copied' };
          const subject = staffNumber;
          await writeAudit(transaction, { ...audited, actor: null, action: 'sign-in-refused', subject, details });
          return undefined;
        }
        const replaced = await startSession(transaction, { id: session, staffNumber, device, now });
        await writeAudit(transaction, { ...audited, actor: staffNumber, action: 'signed-in', subject: session });
        return { epoch, replaced, issued: await issue(transaction, session, now) };
      });
      if (!started) return refused('device-copied');
      started.replaced.forEach(tellEnded);
      return ok({ tokens: started.issued, person: checked.value.person, desk, epoch: started.epoch });
    },

    refresh: async ({ refreshToken, device }) => {
      const now = clock();
      const hash = refreshTokenHash(refreshToken);
      const outcome = await db.transaction().execute(async (transaction) => {
        const presented = await transaction
          .selectFrom('refresh_tokens')
          .innerJoin('sessions', 'sessions.id', 'refresh_tokens.session')
          .innerJoin('staff', 'staff.staff_number', 'sessions.staff_number')
          .select(['sessions.id', 'sessions.device', 'sessions.confirmed_pair', 'sessions.staff_number'])
          .select(['refresh_tokens.pair', 'refresh_tokens.ends_at', 'refresh_tokens.void'])
          .where('refresh_tokens.hash', '=', hash)
          .where('sessions.ended_at', 'is', null)
          .where('staff.active', '=', true)
          .forUpdate('sessions')
          .executeTakeFirst();
        if (!presented || presented.device !== device || presented.ends_at <= now) return undefined;
        if (presented.void || presented.pair < presented.confirmed_pair) {
          await endSession(transaction, presented.id, 'token-reused', now);
          await writeAudit(transaction, {
            at: now,
            actor: presented.staff_number,
            action: 'refresh-token-reused',
            subject: presented.id,
          });
          return { endedSession: presented.id };
        }
        await confirmPair(transaction, presented.id, presented.pair);
        // Pairs issued after this one never reached the desk (the line was cut): nobody may use them now.
        await transaction
          .updateTable('refresh_tokens')
          .set({ void: true })
          .where('session', '=', presented.id)
          .where('pair', '>', presented.pair)
          .execute();
        return { issued: await issue(transaction, presented.id, now) };
      });
      if (outcome?.issued) return ok(outcome.issued);
      if (outcome?.endedSession !== undefined) tellEnded(outcome.endedSession);
      return refused('not-signed-in');
    },

    signOut: async (session) => {
      const now = clock();
      if (!(await endSession(db, session.id, 'signed-out', now))) return;
      await writeAudit(db, { at: now, actor: session.person.staffNumber, action: 'signed-out', subject: session.id });
      tellEnded(session.id);
    },

    check: async (accessToken) => {
      const claims = accessTokens.verify(accessToken, clock());
      if (!claims) return undefined;
      const found = await findLiveSession(db, claims.session);
      if (!found) return undefined;
      if (claims.pair > found.confirmedPair) await confirmPair(db, claims.session, claims.pair);
      return { id: found.id, device: found.device, person: found.person, services: found.services };
    },

    onSessionEnded: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
