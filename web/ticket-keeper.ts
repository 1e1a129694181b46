import { ok, type Result } from '../domain/result.ts';
import type { Centre, Refused } from './centre.ts';
import { callHotline } from './words.ts';

/** Keeps the ticket that this page was opened with, and gets another one when it has ended. */
export interface TicketKeeper {
  readonly current: () => Promise<Result<string, Refused>>;
  readonly forget: () => void;
}

export const createTicketKeeper = (centre: Pick<Centre, 'ticket'>): TicketKeeper => {
  let known: string | undefined;
  return {
    current: async () => {
      if (known !== undefined) return ok(known);
      const answer = await centre.ticket();
      if (!answer.ok) return answer;
      callHotline(answer.value.hotline);
      known = answer.value.ticket;
      return ok(known);
    },
    forget: () => {
      known = undefined;
    },
  };
};
