import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { routes } from '../../contract/http.ts';
import type { CacheKeys } from '../records/cache-keys.ts';
import type { Authentication } from './authentication.ts';
import { ApiFailure } from './failure.ts';
import { mountOpenRoute, mountRoute } from './mount-route.ts';

export interface CacheKeyRoutesParts {
  readonly authentication: Authentication;
  readonly cacheKeys: CacheKeys;
}

const vaultInPath = z.object({ vault: z.uuid() });

const vaultOf = (request: FastifyRequest): string => {
  const parsed = vaultInPath.safeParse(request.params);
  if (!parsed.success) throw new ApiFailure('not-found', 'no such vault');
  return parsed.data.vault;
};

export const cacheKeyRoutes = (app: FastifyInstance, { authentication, cacheKeys }: CacheKeyRoutesParts): void => {
  mountRoute(
    app,
    routes.depositCacheKey,
    { authentication, needs: 'a session' },
    async ({ key }, { person }, request) => {
      const of = { staffNumber: person.staffNumber, vault: vaultOf(request) };
      await cacheKeys.deposit(of, Buffer.from(key, 'base64'));
      return {};
    },
  );

  mountOpenRoute(app, routes.recoverCacheKey, async ({ staffNumber, password }, request) => {
    const vault = vaultOf(request);
    const checked = await authentication.checkPassword({ staffNumber, password }, request.ip, {
      action: 'cache-key-refused',
      details: { vault },
    });
    if (!checked.ok) throw new ApiFailure(checked.error, 'no key without the right password');
    const key = await cacheKeys.recover({ staffNumber, vault });
    return { key: key ? Buffer.from(key).toString('base64') : null };
  });
};
