import { cacheKeyPath, routes } from '../../contract/http.ts';
import { ok, refused } from '../../domain/result.ts';
import type { Api } from '../sync/api.ts';
import type { AskedKey } from '../vault/unlock-vault.ts';
import type { Credentials } from './ask-centre.ts';

/** Asks the centre for the key it keeps of this vault; the password is proved there as at a sign-in. */
export const askKey = async (api: Api, credentials: Credentials, vault: string): Promise<AskedKey> => {
  const route = { ...routes.recoverCacheKey, path: cacheKeyPath(vault) };
  const answered = await api.call(route, { body: credentials });
  if (answered.ok) {
    const { key } = answered.value;
    return ok(key === null ? null : Buffer.from(key, 'base64'));
  }
  switch (answered.error.code) {
    case 'wrong-password':
    case 'too-many-tries':
    case 'unreachable':
      return refused({ code: answered.error.code });
    case 'unavailable':
      return refused({ code: 'unreachable' });
    default:
      return refused({ code: 'server-refused' });
  }
};
