import type { z } from 'zod';
import type { Person } from '../../contract/http.ts';
import type { signInFailure } from '../../contract/ipc.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import { readMeta } from '../cache/meta.ts';
import type { Cache } from '../cache/open-cache.ts';
import type { Api } from '../sync/api.ts';
import { unlessDiskTrouble } from '../sync/trouble.ts';
import { askCentre, type Credentials, type SignInAnswer } from './ask-centre.ts';

type SignInFailure = z.output<typeof signInFailure>;

export interface SignedIn {
  readonly person: Person;
  /** Missing when only the cache knows this person so far. */
  readonly tokens: SignInAnswer['tokens'] | undefined;
}

/**
 * Asks the centre; where it cannot be reached, the cache opens the desk for the person it knows: its vault was
 * opened with their password. The centre's refusal is never overruled by the cache.
 */
export const signIn = async (
  { cache, api, now }: { readonly cache: Cache; readonly api: Api; readonly now: () => number },
  credentials: Credentials,
): Promise<Result<SignedIn, SignInFailure>> => {
  const answered = await askCentre(cache, api, credentials);
  if (answered.ok) {
    const { desk_number: known } = cache.database.read(readMeta);
    // Whoever has worked here before may go on without a note of it; a new desk must know its number.
    if (known === null) rememberSignIn(cache, answered.value, now());
    else unlessDiskTrouble(() => rememberSignIn(cache, answered.value, now()));
    return ok({ person: answered.value.person, tokens: answered.value.tokens });
  }
  switch (answered.error.code) {
    case 'wrong-password':
    case 'too-many-tries':
      return refused({ code: answered.error.code });
    case 'unreachable':
    case 'unavailable': {
      const { person } = cache.database.read(readMeta);
      return person ? ok({ person, tokens: undefined }) : refused({ code: 'unreachable-and-unknown-here' });
    }
    default:
      return refused({ code: 'server-refused' });
  }
};

/** Keeps what an offline start needs: who it was, and the desk's number. */
export const rememberSignIn = (cache: Cache, answer: SignInAnswer, now: number): void =>
  cache.database.write((writes) =>
    writes.run(
      'UPDATE meta SET person = ?, desk_number = ?, clock_offset_ms = ?, last_contact_at = ?, epoch = ?',
      ...[JSON.stringify(answer.person), answer.desk, answer.serverTime - now, now, answer.epoch],
    ),
  );
