import type { z } from 'zod';
import type { messageAnswer, messageParts } from '../../contract/web.ts';
import { type Result, refused } from '../../domain/result.ts';
import type { Centre, Refused } from '../centre.ts';
import type { TicketKeeper } from '../ticket-keeper.ts';

/** A new ticket, then its minimum time: more tries than that mean that something else is wrong. */
const maxTries = 3;
const longestWaitMs = 10_000;

/**
 * Sends a message, waiting where the centre says that it is too soon, and getting another ticket where
 * the page lay open for long. May be called again with the same message: the centre opens one form.
 */
export const sendMessage = async (
  parts: {
    readonly centre: Pick<Centre, 'sendMessage'>;
    readonly tickets: TicketKeeper;
    readonly wait: (ms: number) => Promise<void>;
  },
  message: z.input<typeof messageParts>,
  files: readonly File[],
): Promise<Result<z.infer<typeof messageAnswer>, Refused>> => {
  for (let left = maxTries; ; left--) {
    const ticket = await parts.tickets.current();
    if (!ticket.ok) return ticket;
    const answer = await parts.centre.sendMessage(ticket.value, bodyOf(message, files));
    if (answer.ok || left === 1) return answer;
    const { code, waitMs = 0 } = answer.error;
    if (code === 'ticket-ended') parts.tickets.forget();
    else if (code === 'too-soon' && waitMs <= longestWaitMs) await parts.wait(waitMs);
    else return refused(answer.error);
  }
};

const bodyOf = (message: z.input<typeof messageParts>, files: readonly File[]): FormData => {
  const body = new FormData();
  for (const [name, value] of Object.entries(message)) body.set(name, value);
  for (const file of files) body.append('file', file, file.name);
  return body;
};
