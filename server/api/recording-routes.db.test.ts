import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiError, attachmentPath, recordingPath, routes } from '../../contract/http.ts';
import { newId } from '../sync/push.fixture.ts';
import { startTestCentre, type TestCentre } from './app.fixture.ts';

const wav = Buffer.from('RIFF a talk of caller and seat');
const sha256 = createHash('sha256').update(wav).digest('hex');
const recorded = {
  id: newId(),
  contact: 'contact-1',
  seat: '1001',
  service: '180',
  caller: '13800138000',
  started_at: 1_000,
  ended_at: 61_000,
  ms: 60_000,
  sha256,
  size: null,
  complete: true,
  pruned_at: null,
} as const;
const old = { ...recorded, id: newId(), started_at: 500, pruned_at: 99 } as const;

let centre: TestCentre;
beforeAll(async () => {
  centre = await startTestCentre();
  expect((await centre.store.keep(sha256, Readable.from([wav]))).ok).toBe(true);
  await centre.records.db.insertInto('recordings').values([recorded, old]).execute();
}, 60_000);
afterAll(() => centre?.stop());

const as = async (staffNumber: string) => ({
  authorization: `Bearer ${(await centre.signIn(staffNumber)).tokens.accessToken}`,
});
const get = async (staffNumber: string, url: string) =>
  centre.app.inject({ method: 'GET', url, headers: await as(staffNumber) });
const codeOf = (body: string) => apiError.parse(JSON.parse(body)).error.code;
const audited = (action: 'recording-played' | 'recording-fetched') =>
  centre.records.db
    .selectFrom('audit')
    .select(['actor', 'subject', 'details', 'at'])
    .where('action', '=', action)
    .orderBy('id')
    .execute();
const playings = () => audited('recording-played');
const fetchings = () => audited('recording-fetched');
const note = async (staffNumber: string, playing: object) =>
  centre.app.inject({
    method: 'POST',
    url: routes.notePlaying.path,
    headers: await as(staffNumber),
    payload: { playing: newId(), recording: recorded.id, at: 1_000, offline: false, ...playing },
  });

test('A3 the recordings of a call are listed for who may play them, pruned ones too', async () => {
  const answer = await get('9001', `${routes.recordings.path}?contact=contact-1`);
  const { recordings } = routes.recordings.answer.parse(answer.json());
  expect(recordings.map(({ id, prunedAt }) => [id, prunedAt])).toEqual([
    [old.id, 99],
    [recorded.id, null],
  ]);
  expect((await get('9001', `${routes.recordings.path}?form=${newId()}`)).json()).toEqual({ recordings: [] });
  for (const asked of ['', '?contact=', '?form=1', `?contact=contact-1&form=${newId()}`])
    expect((await get('9001', routes.recordings.path + asked)).statusCode).toBe(400);
  expect(await playings()).toEqual([]);
});

test('A3 a list tells what to fetch and how much it is, also of what was kept before sizes were', async () => {
  const [pruned, whole] = await recordingsListed();
  expect(whole).toMatchObject({ sha256, size: wav.length });
  expect(pruned).toMatchObject({ size: null });
  const kept = await centre.records.db.selectFrom('recordings').select('size').where('id', '=', recorded.id).execute();
  expect(kept).toEqual([{ size: wav.length }]);
});
const recordingsListed = async () =>
  routes.recordings.answer.parse((await get('9001', `${routes.recordings.path}?contact=contact-1`)).json()).recordings;

test('A3 each playing of a recording is audited: who, which, when; one told twice once', async () => {
  const before = Date.now();
  const playing = newId();
  for (const [count, of] of [
    [1, { playing }],
    [1, { playing }],
    [2, {}],
  ] as const) {
    expect((await note('9001', of)).statusCode).toBe(200);
    expect(await playings()).toHaveLength(count);
  }
  const [first] = await playings();
  expect(first).toMatchObject({
    actor: '9001',
    subject: recorded.id,
    details: { contact: 'contact-1', sha256, playing, offline: false, allowed: true },
  });
  expect(first?.at).toBeGreaterThanOrEqual(before);
});

test('A3 a playing from what a desk had is audited with its own time, also where the right is gone since', async () => {
  const before = (await playings()).length;
  expect((await note('9001', { offline: true, at: 777 })).statusCode).toBe(200);
  expect((await note('1001', { offline: true, at: 888 })).statusCode).toBe(200);
  expect((await note('9001', { offline: true, recording: old.id })).statusCode).toBe(200);
  expect((await note('9001', { offline: true, recording: newId() })).statusCode).toBe(404);
  expect((await playings()).slice(before)).toMatchObject([
    { actor: '9001', at: 777, details: { offline: true, allowed: true } },
    { actor: '1001', at: 888, details: { offline: true, allowed: false } },
    { actor: '9001', subject: old.id },
  ]);
});

test('A3 each fetching of a recording is audited, also of a part; who has a part fetches the rest', async () => {
  const before = (await fetchings()).length;
  const whole = await get('9001', recordingPath(recorded.id));
  expect(whole.headers).toMatchObject({
    'content-type': 'audio/wav',
    'cache-control': 'no-store',
    etag: `"${sha256}"`,
  });
  expect(whole.rawPayload).toEqual(wav);
  const rest = await centre.app.inject({
    url: recordingPath(recorded.id),
    headers: { ...(await as('9001')), range: 'bytes=10-', 'if-range': `"${sha256}"` },
  });
  expect(rest.statusCode).toBe(206);
  expect(rest.headers['content-range']).toBe(`bytes 10-${wav.length - 1}/${wav.length}`);
  expect(rest.rawPayload).toEqual(wav.subarray(10));
  expect((await fetchings()).slice(before)).toMatchObject([
    { actor: '9001', subject: recorded.id, details: { range: null } },
    { actor: '9001', subject: recorded.id, details: { range: 'bytes=10-' } },
  ]);
});

test('A3 without the right nobody lists, fetches or plays a recording, nor is it audited', async () => {
  const before = [await playings(), await fetchings()];
  for (const staffNumber of ['1001', '2001', '3001', '8806', '0001']) {
    for (const url of [recordingPath(recorded.id), `${routes.recordings.path}?contact=contact-1`]) {
      const refused = await get(staffNumber, url);
      expect([refused.statusCode, codeOf(refused.body)]).toEqual([403, 'not-allowed']);
    }
    expect((await note(staffNumber, {})).statusCode).toBe(403);
  }
  expect((await centre.app.inject({ method: 'GET', url: recordingPath(recorded.id) })).statusCode).toBe(401);
  expect([await playings(), await fetchings()]).toEqual(before);
});

test('A3 a recording does not go out as an attachment: not to who knows its hash, and to nobody unaudited', async () => {
  for (const staffNumber of ['1001', '9001']) {
    const refused = await get(staffNumber, attachmentPath(sha256));
    expect([refused.statusCode, codeOf(refused.body)]).toEqual([403, 'not-allowed']);
  }
});

test('A3 a recording that was pruned, or never was, cannot be fetched or played', async () => {
  const before = [await playings(), await fetchings()];
  for (const id of [old.id, newId()]) {
    expect((await get('9001', recordingPath(id))).statusCode).toBe(404);
    expect((await note('9001', { recording: id })).statusCode).toBe(404);
  }
  expect((await get('9001', recordingPath('1'))).statusCode).toBe(400);
  expect([await playings(), await fetchings()]).toEqual(before);
});
