import rateLimit from '@fastify/rate-limit';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import { livePath, sipPath } from '../../contract/http.ts';
import { type PublicPageParts, publicPage } from '../intake/web/public-page.ts';
import { type KnowledgeRoutesParts, knowledgeRoutes } from '../knowledge/knowledge-routes.ts';
import { type SyncRoutesParts, syncRoutes } from '../sync/sync-routes.ts';
import { addressKey } from './address-key.ts';
import { type AttachmentRoutesParts, attachmentRoutes } from './attachment-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { type CacheKeyRoutesParts, cacheKeyRoutes } from './cache-key-routes.ts';
import { ApiFailure, answerFailuresAlike } from './failure.ts';
import { type Metrics, measureRequests } from './metrics.ts';
import { type Organ, operationRoutes } from './operation-routes.ts';
import { recordingRoutes } from './recording-routes.ts';
import { type SessionRoutesParts, sessionRoutes } from './session-routes.ts';

export interface AppParts {
  readonly log: FastifyBaseLogger;
  readonly metrics: Metrics;
  readonly version: string;
  readonly organs: readonly Organ[];
  readonly session: SessionRoutesParts;
  readonly cacheKeys: CacheKeyRoutesParts;
  readonly sync: SyncRoutesParts;
  readonly attachments: AttachmentRoutesParts;
  readonly knowledge: KnowledgeRoutesParts;
  /** Absent: the centre shows itself to nobody but desks. */
  readonly publicPage?: PublicPageParts;
  /** Proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  readonly acceptLive: (socket: WebSocket) => void;
  readonly acceptSip: (socket: WebSocket, remoteAddress: string, remotePort: number) => void;
}

const maxWebSocketBytes = 64 * 1024;
/** Far above what a busy desk needs, far below what hurts. */
const requestsPerMinute = 6_000;

/** Everything the centre offers over HTTP, ready to listen. */
export const createApp = async (parts: AppParts): Promise<FastifyInstance> => {
  const app = Fastify({
    loggerInstance: parts.log,
    requestTimeout: 60_000,
    // A desk's open connections must not hold up the server's end.
    forceCloseConnections: true,
    return503OnClosing: true,
    trustProxy: [...parts.trustedProxies],
  });
  answerFailuresAlike(app);
  measureRequests(app, parts.metrics);
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => addressKey(request.ip),
  });
  await app.register(websocket, {
    options: {
      maxPayload: maxWebSocketBytes,
      // RFC 7118 section 4: the subprotocol is answered, or the handshake fails.
      handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
    },
  });
  operationRoutes(app, parts);
  sessionRoutes(app, parts.session);
  cacheKeyRoutes(app, parts.cacheKeys);
  syncRoutes(app, parts.sync);
  attachmentRoutes(app, parts.attachments);
  recordingRoutes(app, parts.attachments);
  auditRoutes(app, parts.attachments);
  knowledgeRoutes(app, parts.knowledge);
  if (parts.publicPage) publicPage(app, parts.publicPage);

  app.register(async (scope) => {
    scope.get(livePath, { websocket: true }, (socket) => parts.acceptLive(socket));
    const speaksSip = async (request: { readonly headers: NodeJS.Dict<string | string[]> }) => {
      const offered = String(request.headers['sec-websocket-protocol'] ?? '').split(',');
      if (!offered.some((name) => name.trim() === 'sip'))
        throw new ApiFailure('bad-request', 'subprotocol sip expected');
    };
    scope.get(sipPath, { websocket: true, preValidation: speaksSip }, (socket, request) =>
      parts.acceptSip(socket, request.ip, request.socket.remotePort ?? 0),
    );
  });
  return app;
};
