import type { z } from 'zod';
import { type ApiErrorCode, apiError, attachmentPath, snapshotPath } from '../../contract/http.ts';
import { ok, type Result, refused } from '../../domain/result.ts';

/** An entry of the contract's `routes`. */
interface Route<Body extends z.ZodType, Answer extends z.ZodType> {
  readonly method: string;
  readonly path: string;
  readonly body: Body;
  readonly answer: Answer;
}

/** `unreachable`: no answer; try again later. `unreadable`: an answer that breaks the contract. */
export interface ApiFailure {
  readonly code: ApiErrorCode | 'unreachable' | 'unreadable';
}

/** The centre's HTTP, every answer parsed by the contract. */
export interface Api {
  readonly call: <Body extends z.ZodType, Answer extends z.ZodType>(
    route: Route<Body, Answer>,
    request: {
      readonly body?: z.input<Body>;
      readonly query?: Readonly<Record<string, string | number>>;
      readonly accessToken?: string;
    },
  ) => Promise<Result<z.output<Answer>, ApiFailure>>;
  /** The body of a first fill as it comes, inflated; an error in it is a line that broke. */
  readonly openSnapshot: (
    from: { readonly head: number; readonly before: number } | null,
    accessToken: string,
  ) => Promise<Result<SnapshotBody, ApiFailure>>;
  readonly putAttachment: (
    sha256: string,
    bytes: Uint8Array<ArrayBuffer>,
    accessToken: string,
  ) => Promise<Result<undefined, ApiFailure>>;
  readonly getAttachment: (sha256: string, accessToken: string) => Promise<Result<Uint8Array<ArrayBuffer>, ApiFailure>>;
}

export const createApi = (options: {
  readonly server: string;
  readonly fetch: typeof fetch;
  readonly timeoutMs?: number;
  /** Ends every request under way, and any after. */
  readonly signal?: AbortSignal;
}): Api => {
  const timeoutMs = options.timeoutMs ?? 10_000;
  const send = async (
    path: string,
    init: RequestInit,
    withinMs: number | null,
  ): Promise<Result<Response, ApiFailure>> => {
    const signals = [
      ...(withinMs === null ? [] : [AbortSignal.timeout(withinMs)]),
      ...[options.signal, init.signal].filter((signal) => signal instanceof AbortSignal),
    ];
    try {
      const response = await options.fetch(new URL(path, options.server), {
        ...init,
        redirect: 'error',
        signal: AbortSignal.any(signals),
      });
      if (response.ok) return ok(response);
      const told = apiError.safeParse(await response.json().catch(() => undefined));
      if (told.success) return refused({ code: told.data.error.code });
      // A proxy's or a starting server's word, not the centre's.
      return refused({ code: response.status >= 500 ? 'unreachable' : 'unreadable' });
    } catch {
      return refused({ code: 'unreachable' });
    }
  };
  return {
    call: async (route, { body, query, accessToken }) => {
      const search = query ? `?${queryOf(query)}` : '';
      const sent = await send(
        `${route.path}${search}`,
        {
          method: route.method,
          headers: { ...bearer(accessToken), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        },
        timeoutMs,
      );
      if (!sent.ok) return sent;
      const parsed = route.answer.safeParse(await sent.value.json().catch(() => undefined));
      return parsed.success ? ok(parsed.data) : refused({ code: 'unreadable' });
    },
    openSnapshot: async (from, accessToken) => {
      const ending = new AbortController();
      const query = from ? `?${queryOf(from)}` : '';
      // No limit on the whole: a fill may take minutes. A line gone silent ends it.
      const sent = await send(
        `${snapshotPath}${query}`,
        { method: 'GET', headers: bearer(accessToken), signal: ending.signal },
        null,
      );
      if (!sent.ok) return sent;
      if (!sent.value.body) return refused({ code: 'unreadable' });
      return ok(withSilenceLimit(sent.value.body, () => ending.abort()));
    },
    putAttachment: async (sha256, bytes, accessToken) => {
      const headers = { ...bearer(accessToken), 'content-type': 'application/octet-stream' };
      const sent = await send(attachmentPath(sha256), { method: 'PUT', headers, body: bytes }, transferMs);
      return sent.ok ? ok(undefined) : sent;
    },
    getAttachment: async (sha256, accessToken) => {
      const sent = await send(attachmentPath(sha256), { method: 'GET', headers: bearer(accessToken) }, transferMs);
      if (!sent.ok) return sent;
      try {
        return ok(new Uint8Array(await sent.value.arrayBuffer()));
      } catch {
        return refused({ code: 'unreachable' });
      }
    },
  };
};

export type SnapshotBody = AsyncIterable<Uint8Array> & { readonly cancel: () => void };

/** A line that brings nothing for so long brings nothing any more. */
const longestSilenceMs = 20_000;

const withSilenceLimit = (body: AsyncIterable<Uint8Array>, end: () => void): SnapshotBody => ({
  cancel: end,
  async *[Symbol.asyncIterator]() {
    let timer = setTimeout(end, longestSilenceMs);
    try {
      for await (const chunk of body) {
        clearTimeout(timer);
        yield chunk;
        timer = setTimeout(end, longestSilenceMs);
      }
    } finally {
      clearTimeout(timer);
    }
  },
});

/** 20 MB over a slow line. */
const transferMs = 120_000;

const queryOf = (query: Readonly<Record<string, string | number>>): URLSearchParams =>
  new URLSearchParams(Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]));

const bearer = (accessToken: string | undefined): Record<string, string> =>
  accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
