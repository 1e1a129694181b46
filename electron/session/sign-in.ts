import type { z } from 'zod';
import type { Person } from '../../contract/http.ts';
import type { signInFailure } from '../../contract/ipc.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import { readMeta } from '../cache/meta.ts';
import type { Cache } from '../cache/open-cache.ts';
import type { Api } from '../sync/api.ts';
import { askCentre, type Credentials, type SignInAnswer } from './ask-centre.ts';
import { isPasswordOf, makeVerifier } from './password-verifier.ts';

type SignInFailure = z.output<typeof signInFailure>;

export interface SignedIn {
  readonly person: Person;
  /** Missing when only the cache knows this person so far. */
  readonly tokens: SignInAnswer['tokens'] | undefined;
}

/** Wrong passwords in a row that are free; after them each costs a wait, doubling up to an hour. */
const freeTries = 5;
const firstWaitMs = 30_000;
const mostWaitMs = 3_600_000;

/**
 * Asks the centre; where it cannot be reached, the password that last signed in here online opens the
 * desk against its cache. The centre's refusal is never overruled by the cache.
 */
export const signIn = async (
  { cache, api, now }: { readonly cache: Cache; readonly api: Api; readonly now: () => number },
  credentials: Credentials,
): Promise<Result<SignedIn, SignInFailure>> => {
  const answered = await askCentre(cache, api, credentials);
  if (answered.ok) {
    await rememberSignIn(cache, answered.value, credentials.password, now());
    return ok({ person: answered.value.person, tokens: answered.value.tokens });
  }
  switch (answered.error.code) {
    case 'wrong-password':
    case 'too-many-tries':
      return refused({ code: answered.error.code });
    case 'unreachable':
    case 'unavailable':
      return signInOffline(cache, credentials.password, now());
    default:
      return refused({ code: 'server-refused' });
  }
};

/** Keeps what an offline start needs: who it was, the desk's number, and a proof of the password. */
export const rememberSignIn = async (
  cache: Cache,
  answer: SignInAnswer,
  password: string,
  now: number,
): Promise<void> => {
  const verifier = JSON.stringify(await makeVerifier(password));
  cache.database.write((writes) =>
    writes.run(
      `UPDATE meta SET person = ?, desk_number = ?, verifier = ?, failed_tries = 0, locked_until = 0,
                       clock_offset_ms = ?, last_contact_at = ?, epoch = ?`,
      ...[JSON.stringify(answer.person), answer.desk, verifier, answer.serverTime - now, now, answer.epoch],
    ),
  );
};

const signInOffline = async (cache: Cache, password: string, now: number): Promise<Result<SignedIn, SignInFailure>> => {
  const meta = cache.database.read(readMeta);
  if (!meta.person || !meta.verifier) return refused({ code: 'unreachable-and-unknown-here' });
  // A clock set back must not lock the desk for longer than a wait can be.
  if (meta.locked_until > now && meta.locked_until - now <= mostWaitMs) return refused({ code: 'too-many-tries' });
  if (await isPasswordOf(meta.verifier, password)) {
    cache.database.write((writes) => writes.run('UPDATE meta SET failed_tries = 0, locked_until = 0'));
    return ok({ person: meta.person, tokens: undefined });
  }
  const failed = meta.failed_tries + 1;
  const waitMs = failed < freeTries ? 0 : Math.min(mostWaitMs, firstWaitMs * 2 ** (failed - freeTries));
  cache.database.write((writes) =>
    writes.run('UPDATE meta SET failed_tries = ?, locked_until = ?', failed, now + waitMs),
  );
  return refused({ code: 'wrong-password' });
};
