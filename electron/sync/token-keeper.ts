import type { z } from 'zod';
import { routes, type signInAnswer, type tokens as tokensShape } from '../../contract/http.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Api, ApiFailure } from './api.ts';

type Tokens = z.output<typeof tokensShape>;

/**
 * The session with the centre. Tokens live in memory only. The desk signs in by itself after an offline start, a lost
 * session, or when it has taken a new name.
 */
export interface TokenKeeper {
  /** A token good for some time yet; refreshes or signs in anew where there is none. One at a time. */
  readonly accessToken: () => Promise<Result<string, ApiFailure>>;
  /** The token in hand, good or not; asks nobody. */
  readonly inHand: () => string | undefined;
  /** The centre did not take this token: the next `accessToken` brings another. */
  readonly discard: (accessToken: string) => void;
  /** The session is of no use any more: the next `accessToken` signs in. */
  readonly startAnew: () => void;
}

export const createTokenKeeper = (options: {
  readonly api: Api;
  /** The desk's name now; a session is bound to it. */
  readonly device: () => string;
  readonly signIn: () => Promise<Result<z.output<typeof signInAnswer>, ApiFailure>>;
  readonly tokens: Tokens | undefined;
  /** By the centre's clock. */
  readonly now: () => number;
  readonly onSignedIn: (answer: z.output<typeof signInAnswer>) => void;
}): TokenKeeper => {
  const { api, now } = options;
  let tokens = options.tokens;
  let renewing: Promise<Result<string, ApiFailure>> | undefined;
  let refusedForGood: ApiFailure | undefined;

  const renew = async (): Promise<Result<string, ApiFailure>> => {
    if (tokens) {
      const refreshed = await api.call(routes.refresh, {
        body: { refreshToken: tokens.refreshToken, device: options.device() },
      });
      if (refreshed.ok) {
        tokens = refreshed.value.tokens;
        return ok(tokens.accessToken);
      }
      if (refreshed.error.code !== 'not-signed-in') return refreshed;
      tokens = undefined;
    }
    const signedIn = await options.signIn();
    if (!signedIn.ok) {
      // Asking again with a password that was changed meanwhile would only lock the account.
      if (signedIn.error.code === 'wrong-password') refusedForGood = signedIn.error;
      return signedIn;
    }
    tokens = signedIn.value.tokens;
    options.onSignedIn(signedIn.value);
    return ok(tokens.accessToken);
  };

  return {
    accessToken: async () => {
      if (refusedForGood) return { ok: false, error: refusedForGood };
      if (tokens && tokens.accessEndsAt - now() > marginMs) return ok(tokens.accessToken);
      renewing ??= renew().finally(() => {
        renewing = undefined;
      });
      return renewing;
    },
    inHand: () => tokens?.accessToken,
    startAnew: () => {
      tokens = undefined;
    },
    discard: (accessToken) => {
      if (tokens?.accessToken === accessToken) tokens = { ...tokens, accessEndsAt: 0 };
    },
  };
};

/** A token is renewed this long before its end. */
const marginMs = 60_000;
