import { once } from 'node:events';
import { mkdtemp, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { csvLineRecords } from './csv-line-records.ts';
import { httpLineRecords } from './http-line-records.ts';
import { openLineRecords } from './open-line-records.ts';

const sample = join(import.meta.dirname, '../../../build/line-records/sample.csv');

test('A2 the sample file knows its lines, and reads a bill for the right password only, the latest month first', async () => {
  const records = openLineRecords(`csv:${sample}`, 1_000);
  expect(await records.findLine('01066660001')).toEqual({ ok: true, value: 'found' });
  expect(await records.findLine('01066669999')).toEqual({ ok: true, value: 'unknown' });
  const months = [
    { month: 10, fen: 12_345 },
    { month: 9, fen: 9_800 },
  ];
  expect(await records.readBill('01066660001', '246810')).toEqual({ ok: true, value: { months } });
  expect(await records.readBill('5551234', '1357')).toEqual({
    ok: true,
    value: { months: [{ month: 10, fen: -1_000 }] },
  });
  expect(await records.readBill('01066660001', '135790')).toEqual({ ok: true, value: 'refused' });
  expect(await records.readBill('01066669999', '246810')).toEqual({ ok: true, value: 'refused' });
});

test('A2 a changed file is read anew; one that is not there or makes no sense fails in words', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'lines-')), 'lines.csv');
  const records = csvLineRecords(file);
  expect(await records.findLine('5551234')).toMatchObject({ ok: false });
  await writeFile(file, 'line,password_sha256\n5551234,\n');
  expect(await records.findLine('5551234')).toEqual({ ok: true, value: 'found' });
  expect(await records.readBill('5551234', '')).toEqual({ ok: true, value: 'refused' });
  await writeFile(file, 'line,password_sha256\n5559999,\n');
  await utimes(file, 1, 1);
  expect(await records.findLine('5551234')).toEqual({ ok: true, value: 'unknown' });
  await writeFile(file, 'line,password_sha256\nnot a line,\n');
  expect(await records.findLine('5551234')).toMatchObject({ ok: false });
});

test('A2 nothing set: every question fails, and callers get an agent', async () => {
  const records = openLineRecords(undefined, 1_000);
  expect(await records.findLine('5551234')).toMatchObject({ ok: false });
  expect(await records.readBill('5551234', '1')).toMatchObject({ ok: false });
});

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Answer = { readonly status: number; readonly body: string } | 'never' | 'cut';

const serve = async (answerOf: (path: string, body: string) => Answer, timeoutMs = 20_000) => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const answer = answerOf(request.url ?? '', body);
      if (answer === 'cut') response.destroy();
      else if (answer !== 'never') response.writeHead(answer.status).end(answer.body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return httpLineRecords(`http://127.0.0.1:${address.port}/records`, timeoutMs);
};

test('A2 lines and bills by HTTP, the password in the body alone', async () => {
  const paths: string[] = [];
  const records = await serve((path, body) => {
    paths.push(path);
    if (path === '/records/lines/5551234') return { status: 200, body: '{}' };
    if (path !== '/records/lines/5551234/bill') return { status: 404, body: '' };
    return body === '{"password":"246810"}'
      ? { status: 200, body: '{"months":[{"month":10,"fen":12345}]}' }
      : { status: 403, body: '' };
  });
  expect(await records.findLine('5551234')).toEqual({ ok: true, value: 'found' });
  expect(await records.findLine('5559999')).toEqual({ ok: true, value: 'unknown' });
  const months = [{ month: 10, fen: 12_345 }];
  expect(await records.readBill('5551234', '246810')).toEqual({ ok: true, value: { months } });
  expect(await records.readBill('5551234', '1')).toEqual({ ok: true, value: 'refused' });
  expect(paths.join()).not.toContain('246810');
});

test.each<readonly [string, Answer]>([
  ['is late', 'never'],
  ['breaks off', 'cut'],
  ['answers with a fault', { status: 500, body: 'out of order' }],
  ['answers no JSON', { status: 200, body: '<html>' }],
  ['answers another shape', { status: 200, body: '{"months":[{"month":13,"fen":"much"}]}' }],
  ['answers far too much', { status: 200, body: `{"months":[]}${' '.repeat(100_000)}` }],
])('A2 a bill service that %s fails, without the password in its words', async (_what, answer) => {
  const records = await serve(() => answer, answer === 'never' ? 300 : 20_000);
  const bill = await records.readBill('5551234', '246810');
  expect(bill.ok).toBe(false);
  expect(JSON.stringify(bill)).not.toContain('246810');
});
