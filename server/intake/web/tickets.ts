import { ok, type Result, refused } from '../../../domain/result.ts';
import type { Seal } from './seal.ts';

/**
 * A ticket says when somebody began to fill in the page. Nobody writes a complaint in three seconds,
 * so that what comes sooner waits; and a ticket is got by a request of its own, which a simple sender of
 * spam does not make.
 */
export interface Tickets {
  readonly issue: () => string;
  readonly check: (ticket: string) => Result<void, TicketProblem>;
}

export type TicketProblem = { readonly code: 'ticket-ended' } | { readonly code: 'too-soon'; readonly waitMs: number };

export const minFillMs = 3_000;
/** A page may lie open over a working day. */
const lifeMs = 12 * 3_600_000;

export const createTickets = (seal: Seal, clock: () => number): Tickets => ({
  issue: () => seal.seal(String(clock())),
  check: (ticket) => {
    const issuedAt = Number(seal.open(ticket) ?? Number.NaN);
    const age = clock() - issuedAt;
    if (!(age < lifeMs)) return refused({ code: 'ticket-ended' });
    return age < minFillMs ? refused({ code: 'too-soon', waitMs: minFillMs - age }) : ok(undefined);
  },
});
