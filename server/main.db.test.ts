import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { routes } from '../contract/http.ts';
import { type PushResult, syncVersion } from '../contract/sync.ts';
import { emptyComplaint } from '../domain/forms/complaint.ts';
import { newId } from './sync/push.fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-main-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Running {
  readonly url: string;
  readonly process: ChildProcess;
}

const start = async (): Promise<Running> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: {
      ...process.env,
      ZUOXI_HTTP_PORT: '0',
      ZUOXI_SIP_PORT: '0',
      ZUOXI_DATA: folder,
      ZUOXI_DEMO: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  const ready = () => lines.find((line) => line.includes('"msg":"listening"'));
  while (!ready()) {
    if (child.exitCode !== null) throw new Error(`the server ended at its start:\n${lines.join('\n')}`);
    await sleep(20);
  }
  const { http }: { http: number } = JSON.parse(ready() ?? '');
  return { url: `http://127.0.0.1:${http}`, process: child };
};

const end = async (server: Running, signal: NodeJS.Signals): Promise<number | null> => {
  const gone = once(server.process, 'exit');
  server.process.kill(signal);
  await gone;
  return server.process.exitCode;
};

const ask = async (url: string, path: string, init: RequestInit, token?: string): Promise<unknown> => {
  const headers = {
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const answer = await fetch(url + path, { ...init, headers });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
};

const device = randomUUID();
let epoch: string | null = null;
const signIn = async (url: string): Promise<string> => {
  const body = JSON.stringify({ staffNumber: '1001', password: 'zuoxi-1001', device, epoch });
  const answer = routes.signIn.answer.parse(await ask(url, routes.signIn.path, { method: 'POST', body }));
  epoch = answer.epoch;
  return answer.tokens.accessToken;
};
const push = async (url: string, token: string, operations: readonly unknown[]): Promise<readonly PushResult[]> => {
  const body = JSON.stringify({ syncVersion, operations });
  return routes.push.answer.parse(await ask(url, routes.push.path, { method: 'POST', body }, token)).results;
};
const pullAll = async (url: string, token: string): Promise<z.infer<typeof routes.pull.answer>> =>
  routes.pull.answer.parse(await ask(url, `${routes.pull.path}?limit=500`, { method: 'GET' }, token));

test('P2 kill -9 while desks push: nothing acknowledged is missing, nothing is applied twice', async () => {
  const form = newId();
  const operation = (seq: number) => ({
    id: newId(),
    device,
    seq,
    form,
    madeAt: seq,
    by: '1001',
    ...(seq === 1
      ? {
          kind: 'form.open',
          payload: {
            number: '261124-0001-001-0',
            kind: 'complaint',
            origin: { via: 'desk', channel: 'voice' },
            fields: emptyComplaint,
            attachments: [],
          },
        }
      : { kind: 'form.note', payload: { text: `note ${seq}` } }),
  });
  const sent: ReturnType<typeof operation>[] = [];
  let acknowledged = 0;
  for (const { pushes, thenMs } of [
    { pushes: 3, thenMs: 0 },
    { pushes: 12, thenMs: 7 },
    { pushes: 30, thenMs: 3 },
  ]) {
    const server = await start();
    const token = await signIn(server.url);
    let killed: Promise<unknown> | undefined;
    try {
      for (let count = 0; ; count += 1) {
        if (count === pushes) killed = sleep(thenMs).then(() => end(server, 'SIGKILL'));
        // From the first not acknowledged on, as an outbox does.
        if (sent.length === acknowledged) sent.push(operation(sent.length + 1), operation(sent.length + 2));
        const results = await push(server.url, token, sent.slice(acknowledged));
        for (const result of results) expect(result.outcome).not.toBe('rejected');
        acknowledged = sent.length;
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    await killed;
  }
  const server = await start();
  const token = await signIn(server.url);
  const [before] = (await pullAll(server.url, token)).changes;
  const kept = before?.form.history.map((entry) => entry.operation) ?? [];
  expect(sent.slice(0, acknowledged).map(({ id }) => id)).toEqual(kept.slice(0, acknowledged));
  const again = [];
  for (let at = 0; at < sent.length; at += 200)
    again.push(...(await push(server.url, token, sent.slice(at, at + 200))));
  expect(again.slice(0, acknowledged).every((result) => result.outcome === 'repeated')).toBe(true);
  const [after] = (await pullAll(server.url, token)).changes;
  expect(after?.form.history.map((entry) => entry.operation)).toEqual(sent.map(({ id }) => id));
  expect(await end(server, 'SIGTERM')).toBe(0);
  console.info(`${acknowledged} operations acknowledged across 3 kills: ${kept.length} found, 0 twice`);
}, 180_000);
