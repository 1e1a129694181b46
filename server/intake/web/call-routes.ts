import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { sipPath } from '../../../contract/http.ts';
import type { callPass } from '../../../contract/web.ts';
import { ticketHeader, webPaths } from '../../../contract/web-paths.ts';
import { addressKey } from '../../api/address-key.ts';
import { WebFailure } from './failure.ts';
import type { GuestAccounts } from './guest-accounts.ts';
import type { Tickets } from './tickets.ts';

export interface CallRoutesParts {
  readonly guests: GuestAccounts;
  readonly tickets: Tickets;
  readonly sipDomain: string;
  readonly hotline: string;
}

const passesPerTenMinutes = 10;

/** A pass for one call from the browser (A1). */
export const callRoutes = (scope: FastifyInstance, parts: CallRoutesParts): void => {
  scope.post(
    webPaths.callPass,
    { config: { rateLimit: { max: passesPerTenMinutes, timeWindow: 10 * 60_000 } } },
    async (request, reply) => {
      const checked = parts.tickets.check(String(request.headers[ticketHeader] ?? ''));
      // Nobody has to type before a call: one may come at once.
      if (!checked.ok && checked.error.code === 'ticket-ended')
        throw new WebFailure('ticket-ended', 'the ticket does not do');
      const issued = parts.guests.issue(addressKey(request.ip));
      if (!issued) throw new WebFailure('lines-busy', 'too many callers at once');
      const answer: z.infer<typeof callPass> = {
        webSocketPath: sipPath,
        domain: parts.sipDomain,
        hotline: parts.hotline,
        ...issued,
      };
      return reply.header('cache-control', 'no-store').send(answer);
    },
  );
};
