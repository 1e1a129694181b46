import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { routes } from '../../contract/http.ts';
import { writeAudit } from '../records/audit.ts';
import type { Tables } from '../records/tables.ts';
import { readChainHead } from '../records/verify-chain.ts';
import type { Authentication } from './authentication.ts';
import { mountRoute } from './mount-route.ts';

export interface AuditRoutesParts {
  readonly authentication: Authentication;
  readonly db: Kysely<Tables>;
  readonly clock: () => number;
}

export const auditRoutes = (app: FastifyInstance, { authentication, db, clock }: AuditRoutesParts): void => {
  mountRoute(app, routes.auditChain, { authentication, needs: 'audit.read' }, () => readChainHead(db));

  mountRoute(app, routes.noteExport, { authentication, needs: 'form.export' }, async (details, { id, person }) => {
    const { staffNumber: actor } = person;
    await writeAudit(db, { at: clock(), actor, action: 'forms-exported', subject: id, details });
    return {};
  });
};
