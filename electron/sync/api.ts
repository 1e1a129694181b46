import type { z } from 'zod';
import { type ApiErrorCode, apiError, attachmentPath } from '../../contract/http.ts';
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
  const send = async (path: string, init: RequestInit, withinMs: number): Promise<Result<Response, ApiFailure>> => {
    try {
      const response = await options.fetch(new URL(path, options.server), {
        ...init,
        redirect: 'error',
        signal: AbortSignal.any([AbortSignal.timeout(withinMs), ...(options.signal ? [options.signal] : [])]),
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

/** 20 MB over a slow line. */
const transferMs = 120_000;

const queryOf = (query: Readonly<Record<string, string | number>>): URLSearchParams =>
  new URLSearchParams(Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]));

const bearer = (accessToken: string | undefined): Record<string, string> =>
  accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
