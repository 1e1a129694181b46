import type { z } from 'zod';
import { callPass, messageAnswer, statusAnswer, ticketAnswer, type WebErrorCode, webError } from '../contract/web.ts';
import { ticketHeader, webPaths } from '../contract/web-paths.ts';
import { ok, type Result, refused } from '../domain/result.ts';

/** Why the centre did not do what the page asked; `offline` where no answer of its came at all. */
export interface Refused {
  readonly code: WebErrorCode | 'offline';
  readonly fields?: Readonly<Record<string, string>> | undefined;
  readonly file?: string | undefined;
  readonly waitMs?: number | undefined;
}

const patienceMs = 15_000;
/** Twenty megabytes over a slow line take their time. */
const uploadPatienceMs = 300_000;

export interface Centre {
  readonly ticket: () => Promise<Result<z.infer<typeof ticketAnswer>, Refused>>;
  readonly sendMessage: (ticket: string, body: FormData) => Promise<Result<z.infer<typeof messageAnswer>, Refused>>;
  readonly status: (token: string) => Promise<Result<z.infer<typeof statusAnswer>, Refused>>;
  readonly answer: (given: {
    readonly token: string;
    readonly question: string;
    readonly text: string;
  }) => Promise<Result<z.infer<typeof statusAnswer>, Refused>>;
  readonly callPass: (ticket: string) => Promise<Result<z.infer<typeof callPass>, Refused>>;
}

export const centre: Centre = {
  ticket: () => ask(ticketAnswer, webPaths.ticket, { cache: 'no-store' }, patienceMs),
  sendMessage: (ticket, body) =>
    ask(
      messageAnswer,
      webPaths.message,
      { method: 'POST', headers: { [ticketHeader]: ticket }, body },
      uploadPatienceMs,
    ),
  status: (token) => ask(statusAnswer, webPaths.status, json({ token }), patienceMs),
  answer: (given) => ask(statusAnswer, webPaths.answer, json(given), patienceMs),
  callPass: (ticket) =>
    ask(callPass, webPaths.callPass, { method: 'POST', headers: { [ticketHeader]: ticket } }, patienceMs),
};

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const ask = async <Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  init: RequestInit,
  withinMs: number,
): Promise<Result<z.output<Schema>, Refused>> => {
  try {
    const answer = await fetch(path, { ...init, credentials: 'omit', signal: AbortSignal.timeout(withinMs) });
    const body: unknown = await answer.json();
    const parsed = schema.safeParse(body);
    if (answer.ok && parsed.success) return ok(parsed.data);
    const failure = webError.safeParse(body);
    return refused(failure.success ? failure.data.error : { code: 'unavailable' });
  } catch {
    // No line, no answer in time, or an answer of somebody in between.
    return refused({ code: 'offline' });
  }
};
