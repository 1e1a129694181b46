import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { WebSocketServer } from 'ws';
import { livePath, routes, snapshotPath } from '../../../contract/http.ts';
import type { ArticleChange } from '../../../contract/knowledge.ts';
import type { FromServer } from '../../../contract/live.ts';
import type { Change, PushResult } from '../../../contract/sync.ts';
import { pushedOperations, syncVersion } from '../../../contract/sync.ts';
import { type CallbackRules, usualCallbackRules } from '../../../domain/forms/callback.ts';
import type { Form } from '../../../domain/forms/form.ts';
import { formRow, formRowNames, usualFormRules } from '../../../domain/forms/form-row.ts';
import { operation as operationShape } from '../../../domain/forms/operations.ts';
import { perform } from '../../../domain/forms/perform.ts';
import { usualProcedureRules } from '../../../domain/forms/procedure/procedure-rules.ts';
import { usualCacheRules } from '../../../domain/sync/cache-rules.ts';
import { agent } from '../../cache/testing/cache-with-desk.ts';

/**
 * A stand-in for the centre, in memory: signs anybody in with the `password`, applies what is
 * pushed by the domain's rule, and fails on wish. What the centre itself does is proved elsewhere.
 */
export interface FakeCentre {
  readonly url: string;
  /** Ids in the order they were applied; a repeat is not applied again. */
  readonly applied: string[];
  readonly requests: string[];
  readonly forms: Map<string, Form>;
  /** What it has published, an article only at its latest. */
  articles: readonly ArticleChange[];
  /** Bytes it gives out, by their SHA-256. */
  readonly files: Map<string, Buffer | 'unavailable'>;
  /** Forms too old to be sent of itself: found by their numbers alone. */
  readonly kept: Change[];
  uploadsFail: boolean;
  /** Answers of the next requests: `cut` drops the connection after the work is done. */
  readonly nextFailures: ('cut' | 'unavailable' | 'not-signed-in')[];
  readonly reject: Set<string>;
  accessLastsMs: number;
  password: string;
  /** Deposited keys of caches, by vault. */
  readonly cacheKeys: Map<string, string>;
  /** What desks that come to its live link are welcomed with. */
  callbackRules: CallbackRules;
  /** Something came in: a form that the centre opened. */
  readonly takeIn: (form: Form) => void;
  /** Refresh tokens of before count no more. */
  forgetSessions: () => void;
  readonly close: () => Promise<void>;
}

export const openFakeCentre = async (): Promise<FakeCentre> => {
  const changes: Change[] = [];
  let sessions = 0;
  let goodSince = 0;
  const tokens = () => {
    sessions += 1;
    return {
      accessToken: `a${sessions}`,
      refreshToken: `r${sessions}`,
      accessEndsAt: Date.now() + centre.accessLastsMs,
    };
  };
  const isGood = (token: string | undefined): boolean => token !== undefined && Number(token.slice(1)) > goodSince;

  const take = (raw: unknown): PushResult => {
    const made = operationShape.parse(raw);
    if (centre.applied.includes(made.id)) return { id: made.id, outcome: 'repeated' };
    const done = perform(centre.forms.get(made.form), made, agent, usualProcedureRules);
    if (!done.ok) return { id: made.id, outcome: 'rejected', refusal: done.error };
    if (centre.reject.has(made.kind))
      return { id: made.id, outcome: 'rejected', refusal: { code: 'already-submitted' } };
    centre.applied.push(made.id);
    centre.forms.set(made.form, done.value);
    changes.push({ cursor: changes.length + 1, form: done.value });
    return { id: made.id, outcome: 'applied' };
  };
  const answer = (request: IncomingMessage, body: Buffer): { readonly status: number; readonly body: unknown } => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://centre');
    const json = (): Record<string, unknown> => JSON.parse(body.toString() || '{}');
    const failed = (status: number, code: string) => ({ status, body: { error: { code, message: code } } });
    const serverTime = Date.now();
    if (request.method === 'POST' && pathname === '/api/session') {
      if (json()['password'] !== centre.password) return failed(401, 'wrong-password');
      return { status: 200, body: { tokens: tokens(), person: agent, desk: 17, epoch: randomUUID(), serverTime } };
    }
    if (pathname === '/api/session/refresh') {
      const offered = json()['refreshToken'];
      if (typeof offered !== 'string' || !isGood(offered)) return failed(401, 'not-signed-in');
      return { status: 200, body: { tokens: tokens(), serverTime } };
    }
    const [, vault] = /^\/api\/cache-keys\/(.+)$/.exec(pathname) ?? [];
    if (request.method === 'POST' && vault !== undefined) {
      if (json()['password'] !== centre.password) return failed(401, 'wrong-password');
      return { status: 200, body: { key: centre.cacheKeys.get(vault) ?? null } };
    }
    if (!isGood(request.headers.authorization?.replace('Bearer ', ''))) return failed(401, 'not-signed-in');
    if (request.method === 'PUT' && vault !== undefined) {
      centre.cacheKeys.set(vault, String(json()['key']));
      return { status: 200, body: {} };
    }
    if (pathname === '/api/sync/push') {
      const { operations } = pushedOperations.parse(json());
      const refused = new Map<string, string>();
      const results = operations.map((raw): PushResult => {
        const { id, form } = operationShape.parse(raw);
        const behind = refused.get(form);
        if (behind !== undefined) return { id, outcome: 'postponed', behind };
        const result = take(raw);
        if (result.outcome === 'rejected') refused.set(form, id);
        return result;
      });
      return { status: 200, body: { results, serverTime } };
    }
    if (pathname === '/api/sync/pull') {
      const after = Number(searchParams.get('after'));
      const limit = Number(searchParams.get('limit'));
      const page = changes.filter(({ cursor }) => cursor > after).slice(0, limit);
      const cursor = page.at(-1)?.cursor ?? after;
      return { status: 200, body: { changes: page, cursor, more: cursor < changes.length, scope: 'all', serverTime } };
    }
    if (pathname === routes.findForms.path) {
      const found = centre.kept.filter(
        ({ form }) =>
          form.number === searchParams.get('number') || form.fields.contactNumber === searchParams.get('contact'),
      );
      return { status: 200, body: { changes: found } };
    }
    if (pathname === snapshotPath) {
      const head = Number(searchParams.get('head') ?? changes.length);
      const before = Number(searchParams.get('before') ?? head + 1);
      const latest = new Map(changes.map((one) => [one.form.id, one]));
      const page = [...latest.values()].filter(({ cursor }) => cursor <= head && cursor < before).reverse();
      const first = { syncVersion, scope: 'all', head, rowNames: formRowNames, forms: page.length, serverTime };
      const forms = page.flatMap(({ cursor, form }) => [
        [cursor, ...Object.values(formRow(form, usualFormRules))],
        form,
      ]);
      const lines = [first, ...forms, { end: true }];
      return { status: 200, body: gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join('')) };
    }
    if (pathname === '/api/knowledge/changes') {
      const after = Number(searchParams.get('after'));
      const page = centre.articles.filter(({ cursor }) => cursor > after);
      return { status: 200, body: { changes: page, cursor: page.at(-1)?.cursor ?? after, more: false } };
    }
    const [, uploaded] = /^\/api\/attachments\/(\w+)\/upload$/.exec(pathname) ?? [];
    if (uploaded !== undefined) {
      if (centre.uploadsFail) return failed(503, 'unavailable');
      const before = centre.files.get(uploaded);
      if (request.method === 'PATCH') centre.files.set(uploaded, Buffer.concat([Buffer.from(before ?? ''), body]));
      const have = centre.files.get(uploaded)?.length ?? 0;
      const kept = request.method === 'PATCH' ? have === Number(searchParams.get('size')) : have > 0;
      return { status: 200, body: { have, kept } };
    }
    if (request.method === 'GET' && pathname.startsWith('/api/attachments/')) {
      const file = centre.files.get(pathname.slice('/api/attachments/'.length));
      if (file === 'unavailable') return failed(503, 'unavailable');
      return file ? { status: 200, body: file } : failed(404, 'not-found');
    }
    return failed(404, 'not-found');
  };

  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    centre.requests.push(`${request.method} ${new URL(request.url ?? '/', 'http://centre').pathname}`);
    const failure = centre.nextFailures.shift();
    if (failure === 'unavailable') {
      response
        .writeHead(503, { 'content-type': 'application/json' })
        .end('{"error":{"code":"unavailable","message":""}}');
      return;
    }
    if (failure === 'not-signed-in') {
      response
        .writeHead(401, { 'content-type': 'application/json' })
        .end('{"error":{"code":"not-signed-in","message":""}}');
      return;
    }
    const answered = answer(request, body);
    if (failure === 'cut') response.destroy();
    else if (Buffer.isBuffer(answered.body))
      response.writeHead(answered.status, { 'content-length': answered.body.length }).end(answered.body);
    else response.writeHead(answered.status, { 'content-type': 'application/json' }).end(JSON.stringify(answered.body));
  }).listen(0, '127.0.0.1');
  const live = new WebSocketServer({ server, path: livePath });
  live.on('connection', (socket) =>
    socket.once('message', () => {
      const seat = {
        staffNumber: agent.staffNumber,
        phase: 'break',
        since: 0,
        wrapUpEndsAt: null,
        notice: null,
      } as const;
      const { callbackRules } = centre;
      socket.send(
        JSON.stringify({
          type: 'welcome',
          serverTime: 0,
          seat,
          waiting: 0,
          callbackRules,
          procedureRules: usualProcedureRules,
          cacheRules: usualCacheRules,
          cursor: changes.length,
          scope: 'all',
        } satisfies FromServer),
      );
    }),
  );
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const centre: FakeCentre = {
    url: `http://127.0.0.1:${address.port}`,
    applied: [],
    requests: [],
    forms: new Map(),
    articles: [],
    files: new Map(),
    kept: [],
    uploadsFail: false,
    nextFailures: [],
    reject: new Set(),
    accessLastsMs: 900_000,
    password: 'right',
    cacheKeys: new Map(),
    callbackRules: usualCallbackRules,
    takeIn: (form) => {
      centre.forms.set(form.id, form);
      changes.push({ cursor: changes.length + 1, form });
    },
    forgetSessions: () => {
      goodSince = sessions;
    },
    close: async () => {
      live.close();
      for (const socket of live.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return centre;
};
