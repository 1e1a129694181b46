import { cacheKeyPath, routes } from '../../contract/http.ts';
import type { Api } from '../sync/api.ts';
import type { Vault } from '../vault/unlock-vault.ts';

/** Leaves a copy of the cache's key with the centre, once: with it a password changed there opens the cache again. */
export const depositKey = (vault: Vault, api: Api, accessToken: string): Promise<void> =>
  vault.deposit(async (name, key) => {
    const route = { ...routes.depositCacheKey, path: cacheKeyPath(name) };
    const body = { key: Buffer.from(key).toString('base64') };
    return (await api.call(route, { body, accessToken })).ok;
  });
