import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { z } from 'zod';
import {
  type ApiErrorCode,
  apiError,
  snapshotPath,
  type UploadState,
  uploadPath,
  uploadState,
} from '../../contract/http.ts';
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
  /** The body of a first fill as it comes, unpacked; an error in it is a line that broke. */
  readonly openSnapshot: (
    from: { readonly head: number; readonly before: number } | null,
    accessToken: string,
  ) => Promise<Result<StreamedBody, ApiFailure>>;
  /** How far the centre has got with this desk's upload of a file. */
  readonly askUpload: (sha256: string, accessToken: string) => Promise<Result<UploadState, ApiFailure>>;
  readonly sendPart: (part: FilePart, accessToken: string) => Promise<Result<UploadState, ApiFailure>>;
  /** The bytes behind a path of the centre from `from` on, as long as they are of the version `etag`. */
  readonly getBytes: (
    path: string,
    wanted: { readonly from: number; readonly etag: string },
    accessToken: string,
  ) => Promise<Result<ArrivingBytes, ApiFailure>>;
}

/** A stretch of a file on its way up. */
export interface FilePart {
  readonly sha256: string;
  /** Of the whole file. */
  readonly size: number;
  readonly offset: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A file on its way down. */
export interface ArrivingBytes {
  /** At which byte of the file `bytes` begin: the centre may give more than was asked for. */
  readonly from: number;
  /** Of the whole file. */
  readonly size: number;
  /** Throws where the line is cut, or goes silent. */
  readonly bytes: StreamedBody;
}

export const createApi = (options: {
  readonly server: string;
  readonly fetch: typeof fetch;
  readonly timeoutMs?: number;
  /** Ends every request under way, and any after. */
  readonly signal?: AbortSignal;
}): Api => {
  const timeoutMs = options.timeoutMs ?? 10_000;
  /** `withinMs` for the answer and its body; null: the caller's signal ends it. */
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
      return ok(unpacked(withSilenceLimit(sent.value.body, () => ending.abort())));
    },
    askUpload: async (sha256, accessToken) =>
      uploadAnswer(await send(uploadPath(sha256), { method: 'GET', headers: bearer(accessToken) }, timeoutMs)),
    sendPart: async ({ sha256, size, offset, bytes }, accessToken) => {
      const headers = { ...bearer(accessToken), 'content-type': 'application/octet-stream' };
      const path = `${uploadPath(sha256)}?${queryOf({ offset, size })}`;
      return uploadAnswer(await send(path, { method: 'PATCH', headers, body: bytes }, partMs));
    },
    getBytes: async (path, { from, etag }, accessToken) => {
      const ending = new AbortController();
      const late = setTimeout(() => ending.abort(), timeoutMs);
      const headers = { ...bearer(accessToken), range: `bytes=${from}-`, 'if-range': `"${etag}"` };
      // No limit on the whole: it takes what the line needs. A line gone silent ends it.
      const sent = await send(path, { method: 'GET', headers, signal: ending.signal }, null);
      clearTimeout(late);
      if (!sent.ok) return sent;
      const place = placeOf(sent.value);
      if (!place || !sent.value.body) return refused({ code: 'unreadable' });
      return ok({ ...place, bytes: withSilenceLimit(sent.value.body, () => ending.abort()) });
    },
  };
};

export type StreamedBody = AsyncIterable<Uint8Array> & { readonly cancel: () => void };

/** A line that brings nothing for so long brings nothing any more. */
const longestSilenceMs = 20_000;

const unpackedBytes = 256 * 1024;
/** Node's types know it of a stream and not of this one. */
const ahead = { readableHighWaterMark: 4 * unpackedBytes };

/** Members of gzip one after another, in pieces large enough to be few, and some of them ahead of whoever reads. */
const unpacked = (body: StreamedBody): StreamedBody => {
  const gunzip = createGunzip({ chunkSize: unpackedBytes, ...ahead });
  pipeline(Readable.from(body, { objectMode: false }), gunzip, () => undefined);
  return Object.assign(gunzip, { cancel: body.cancel });
};

const withSilenceLimit = (body: AsyncIterable<Uint8Array>, end: () => void): StreamedBody => ({
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
/** A piece over a slow line; what arrived of it counts even so. */
const partMs = 60_000;

const uploadAnswer = async (sent: Result<Response, ApiFailure>): Promise<Result<UploadState, ApiFailure>> => {
  if (!sent.ok) return sent;
  const parsed = uploadState.safeParse(await sent.value.json().catch(() => undefined));
  return parsed.success ? ok(parsed.data) : refused({ code: 'unreadable' });
};

const placeOf = ({ status, headers }: Response): { readonly from: number; readonly size: number } | undefined => {
  if (status === 206) {
    const [, from, size] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? [];
    return from !== undefined && size !== undefined ? { from: Number(from), size: Number(size) } : undefined;
  }
  const length = headers.get('content-length');
  return status === 200 && length !== null ? { from: 0, size: Number(length) } : undefined;
};

const queryOf = (query: Readonly<Record<string, string | number>>): URLSearchParams =>
  new URLSearchParams(Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]));

const bearer = (accessToken: string | undefined): Record<string, string> =>
  accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
