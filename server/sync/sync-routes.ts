import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Person, routes } from '../../contract/http.ts';
import { type Change, type PushResult, syncVersion } from '../../contract/sync.ts';
import { scopeOf } from '../../domain/sync/scope.ts';
import type { Authentication } from '../api/authentication.ts';
import { ApiFailure } from '../api/failure.ts';
import { mountRoute, readBody } from '../api/mount-route.ts';
import type { LookedUp } from './look-up-forms.ts';
import type { Pulled } from './pull.ts';
import type { Push } from './push.ts';
import { type SnapshotRoutesParts, snapshotRoutes } from './snapshot-routes.ts';

const findQuery = z.union([
  z.strictObject({ form: z.uuid() }),
  z.strictObject({ number: z.string().min(1).max(64) }),
  z.strictObject({ contact: z.string().min(1).max(64) }),
]);

const pullQuery = z.strictObject({
  after: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(500).default(500),
});

/** Two hundred of the largest edits, each sign the longest JSON has for one: no honest outbox may ever stick here. */
const maxPushBytes = 48 * 1024 * 1024;

export interface SyncRoutesParts {
  readonly authentication: Authentication;
  readonly push: Push;
  readonly pull: (after: number, limit: number, person: Person) => Promise<Pulled>;
  readonly lookUp: (by: LookedUp, person: Person) => Promise<readonly Change[]>;
  readonly openSnapshot: SnapshotRoutesParts['open'];
  readonly clock: () => number;
  readonly countOutcome: (outcome: PushResult['outcome']) => void;
}

export const syncRoutes = (app: FastifyInstance, parts: SyncRoutesParts): void => {
  const { authentication } = parts;

  // Rights are the domain's to judge, operation by operation.
  mountRoute(
    app,
    routes.push,
    { authentication, needs: 'a session', maxBodyBytes: maxPushBytes },
    async (body, session) => {
      if (body.syncVersion !== syncVersion) {
        throw new ApiFailure(
          'wrong-version',
          `this server speaks sync version ${syncVersion}, the desk ${body.syncVersion}`,
        );
      }
      const { results } = await parts.push.take(body.operations, session);
      for (const { outcome } of results) parts.countOutcome(outcome);
      return { results: [...results], serverTime: parts.clock() };
    },
  );

  mountRoute(app, routes.pull, { authentication, needs: 'form.read' }, async (_body, session, request) => {
    const { after, limit } = readBody(pullQuery, request.query);
    const { changes, cursor, more } = await parts.pull(after, limit, session.person);
    return { changes: [...changes], cursor, more, scope: scopeOf(session.person), serverTime: parts.clock() };
  });

  mountRoute(app, routes.findForms, { authentication, needs: 'form.read' }, async (_body, session, request) => ({
    changes: [...(await parts.lookUp(readBody(findQuery, request.query), session.person))],
  }));

  snapshotRoutes(app, { authentication, open: parts.openSnapshot });
};
