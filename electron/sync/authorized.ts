import type { Result } from '../../domain/result.ts';
import type { ApiFailure } from './api.ts';
import type { TokenKeeper } from './token-keeper.ts';

/** Runs a call with an access token; once more with a new one where the centre did not take the first. */
export const authorized = async <Value>(
  tokens: TokenKeeper,
  work: (accessToken: string) => Promise<Result<Value, ApiFailure>>,
): Promise<Result<Value, ApiFailure>> => {
  const token = await tokens.accessToken();
  if (!token.ok) return token;
  const first = await work(token.value);
  if (first.ok || first.error.code !== 'not-signed-in') return first;
  tokens.discard(token.value);
  const fresh = await tokens.accessToken();
  return fresh.ok ? work(fresh.value) : fresh;
};
