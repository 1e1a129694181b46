import type { FastifyInstance } from 'fastify';
import type { CentreForms } from '../../forms/centre-forms.ts';
import type { FileKeeper } from '../keep-file.ts';
import { callRoutes } from './call-routes.ts';
import { createDerivedIds } from './derived-ids.ts';
import { answerWebFailures } from './failure.ts';
import type { GuestAccounts } from './guest-accounts.ts';
import { messageRoutes } from './message-routes.ts';
import type { PageFile } from './page-files.ts';
import { pageHeaders, pageRoutes } from './page-routes.ts';
import { createSeal } from './seal.ts';
import { statusRoutes } from './status-routes.ts';
import { createStatusTokens } from './status-tokens.ts';
import { createTickets } from './tickets.ts';

export interface PublicPageParts {
  readonly forms: Pick<CentreForms, 'open' | 'perform' | 'findById'>;
  readonly fileKeeper: FileKeeper;
  readonly guests: GuestAccounts;
  readonly files: ReadonlyMap<string, PageFile>;
  /** The server's own key; each use derives its own from it. */
  readonly key: Buffer;
  readonly sipDomain: string;
  readonly hotline: string;
  readonly clock: () => number;
}

/** The public page with all it asks for (A1 web message and web voice, A4 check-back by web message). */
export const publicPage = (app: FastifyInstance, parts: PublicPageParts): void => {
  const { forms, fileKeeper, guests, key, sipDomain, hotline, clock } = parts;
  const tickets = createTickets(createSeal(key, 'web-ticket'), clock);
  const statusTokens = createStatusTokens(createSeal(key, 'web-status'));
  const ids = createDerivedIds(createSeal(key, 'web-message-ids'));
  app.register(async (scope) => {
    answerWebFailures(scope);
    scope.addHook('onRequest', async (_request, reply) => {
      reply.headers(pageHeaders);
    });
    pageRoutes(scope, parts.files);
    messageRoutes(scope, { forms, files: fileKeeper, tickets, ids, statusTokens, hotline, clock });
    statusRoutes(scope, { forms, statusTokens });
    callRoutes(scope, { guests, tickets, sipDomain, hotline });
  });
};
