import type { FastifyInstance } from 'fastify';
import { routes, sipPath } from '../../contract/http.ts';
import type { Authentication } from './authentication.ts';
import { ApiFailure } from './failure.ts';
import { mountOpenRoute, mountRoute } from './mount-route.ts';
import type { SessionSipAccounts } from './sip-accounts.ts';

export interface SessionRoutesParts {
  readonly authentication: Authentication;
  readonly sipAccounts: SessionSipAccounts;
  readonly sipDomain: string;
  readonly clock: () => number;
}

export const sessionRoutes = (app: FastifyInstance, parts: SessionRoutesParts): void => {
  const { authentication, sipAccounts, clock } = parts;

  mountOpenRoute(app, routes.signIn, async (body, request) => {
    const signedIn = await authentication.signIn(body, request.ip);
    if (signedIn.ok) return { ...signedIn.value, serverTime: clock() };
    switch (signedIn.error) {
      case 'wrong-password':
        throw new ApiFailure('wrong-password', 'staff number and password do not match');
      case 'device-copied':
        throw new ApiFailure('device-copied', 'another desk goes on under the name of this device');
      case 'too-many-tries':
        throw new ApiFailure('too-many-tries', 'too many tries: wait a few minutes');
      default:
        throw new TypeError(signedIn.error satisfies never);
    }
  });

  mountOpenRoute(app, routes.refresh, async (body) => {
    const refreshed = await authentication.refresh(body);
    if (!refreshed.ok) throw new ApiFailure('not-signed-in', 'sign in again');
    return { tokens: refreshed.value, serverTime: clock() };
  });

  mountRoute(app, routes.signOut, { authentication, needs: 'a session' }, async (_body, session) => {
    await authentication.signOut(session);
    return {};
  });

  mountRoute(app, routes.sipAccount, { authentication, needs: 'call.take' }, async (_body, session) => {
    const credentials = sipAccounts.issue(session.id, session.person.staffNumber);
    return { webSocketPath: sipPath, domain: parts.sipDomain, ...credentials, iceServers: [] };
  });
};
