import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { routes, snapshotPath } from '../../contract/http.ts';
import { sentRow, snapshotEnd, snapshotHead } from '../../contract/sync.ts';
import { startTestCentre, type TestCentre } from '../api/app.fixture.ts';
import { answerFailuresAlike } from '../api/failure.ts';
import { addTestForms } from './forms.fixture.ts';
import { seniorAgent } from './push.fixture.ts';
import { type SnapshotRoutesParts, snapshotRoutes } from './snapshot-routes.ts';

const unpacked = async (answer: Response): Promise<string> => gunzipSync(await answer.arrayBuffer()).toString();

const linesOf = (text: string): unknown[] => {
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line));
};

describe('at a centre', () => {
  let centre: TestCentre;
  beforeAll(async () => {
    centre = await startTestCentre();
    await addTestForms(centre.records, 2_500);
  }, 60_000);
  afterAll(() => centre?.stop());

  const ask = async (staffNumber: string, query = '') => {
    const { tokens } = await centre.signIn(staffNumber);
    return fetch(`http://127.0.0.1:${centre.port}${snapshotPath}${query}`, {
      headers: { authorization: `Bearer ${tokens.accessToken}` },
    });
  };

  test('P2 a desk is filled over HTTP by a packed stream of lines, and goes on where it broke off', async () => {
    const answer = await ask('1001');
    expect(answer.headers.get('content-type')).toBe('application/gzip');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const [first, ...rest] = linesOf(await unpacked(answer));
    const head = snapshotHead.parse(first);
    expect(snapshotEnd.parse(rest.pop())).toEqual({ end: true });
    const cursors = rest.flatMap((line, at) => (at % 2 === 0 ? [sentRow.parse(line)[0]] : []));
    expect(head).toMatchObject({ scope: 'all', forms: 2_500, head: 2_500 });
    expect(cursors).toEqual(Array.from({ length: 2_500 }, (_, at) => 2_500 - at));
    const resumed = linesOf(await unpacked(await ask('1001', `?head=${head.head}&before=1001`)));
    expect(snapshotHead.parse(resumed[0]).forms).toBe(1_000);
    expect(resumed).toHaveLength(2_002);
  });

  test('nobody is filled who may not read, or asks for half a place or for one of other records', async () => {
    const stranger = await fetch(`http://127.0.0.1:${centre.port}${snapshotPath}`);
    expect(stranger.status).toBe(401);
    expect((await ask('0001')).status).toBe(403);
    for (const query of ['?head=3', '?before=3', '?head=-1&before=1', '?head=2501&before=3'])
      expect((await ask('1001', query)).status).toBe(400);
  });

  test('P2 forms are looked up over HTTP by one thing at a time', async () => {
    const { tokens } = await centre.signIn('1001');
    const look = (query: string) =>
      fetch(`http://127.0.0.1:${centre.port}${routes.findForms.path}${query}`, {
        headers: { authorization: `Bearer ${tokens.accessToken}` },
      });
    const found = routes.findForms.answer.parse(await (await look('?number=T7')).json());
    expect(found.changes).toMatchObject([{ form: { number: 'T7' } }]);
    for (const query of ['', '?number=T7&contact=1', '?form=7', '?number='])
      expect((await look(query)).status).toBe(400);
  });
});

describe('to one desk after another', () => {
  const apps: FastifyInstance[] = [];
  afterEach(() => Promise.all(apps.splice(0).map((app) => app.close())));

  /** Endless pages that do not pack. */
  const serve = async (limits: Pick<SnapshotRoutesParts, 'mostAtOnce' | 'stallMs'>) => {
    const read = { pages: 0, ended: 0 };
    const app = Fastify({ forceCloseConnections: true });
    apps.push(app);
    answerFailuresAlike(app);
    const session = { id: 's', device: 'd', person: seniorAgent, services: [] };
    snapshotRoutes(app, {
      authentication: { check: async () => session },
      open: async () => ({
        members: async function* () {
          try {
            for (;;) {
              read.pages += 1;
              yield randomBytes(64 * 1024);
            }
          } finally {
            read.ended += 1;
          }
        },
      }),
      ...limits,
    });
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const ask = async () => {
      const gone = new AbortController();
      const answer = await fetch(`${address}${snapshotPath}`, {
        headers: { authorization: 'Bearer token' },
        signal: gone.signal,
      });
      return { answer, leave: () => gone.abort() };
    };
    return { read, ask };
  };
  const settled = async (read: { readonly pages: number }): Promise<number> => {
    for (let seen = -1; ; ) {
      if (seen === read.pages) return seen;
      seen = read.pages;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  };

  test('P2 no more is read than the desk takes, and nothing after it has gone', async () => {
    const { read, ask } = await serve({});
    const { answer, leave } = await ask();
    const waiting = await settled(read);
    // 64 KB a page: what the sockets of both sides and the desk's fetch have room for.
    expect(waiting).toBeLessThan(300);
    const reader = answer.body?.getReader();
    for (let bytes = 0; bytes < 16 * 1024 * 1024; ) bytes += (await reader?.read())?.value?.length ?? 0;
    expect(await settled(read)).toBeGreaterThan(waiting + 100);
    expect(read.ended).toBe(0);
    leave();
    await expect.poll(() => read.ended).toBe(1);
    const left = read.pages;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(read.pages).toBe(left);
  });

  test('P2 a few are filled at once, the others are told when to ask again', async () => {
    const { read, ask } = await serve({ mostAtOnce: 2 });
    const [one] = [await ask(), await ask()];
    const third = (await ask()).answer;
    expect([third.status, third.headers.get('retry-after')]).toEqual([503, '10']);
    expect(await third.json()).toMatchObject({ error: { code: 'unavailable' } });
    one?.leave();
    await expect.poll(() => read.ended).toBe(1);
    await expect.poll(async () => (await ask()).answer.status).toBe(200);
  });

  test('P2 a desk that takes nothing any more does not keep its place', async () => {
    const { read, ask } = await serve({ mostAtOnce: 1, stallMs: 300 });
    await ask();
    expect((await ask()).answer.status).toBe(503);
    await expect.poll(() => read.ended, { timeout: 5_000 }).toBe(1);
    expect((await ask()).answer.status).toBe(200);
  });
});
