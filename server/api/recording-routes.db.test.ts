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
const playings = () =>
  centre.records.db
    .selectFrom('audit')
    .select(['actor', 'subject', 'details', 'at'])
    .where('action', '=', 'recording-played')
    .execute();

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

test('A3 each playing of a recording is audited: who, which, when', async () => {
  const before = Date.now();
  for (const count of [1, 2]) {
    const played = await get('9001', recordingPath(recorded.id));
    expect(played.statusCode).toBe(200);
    expect(played.headers).toMatchObject({ 'content-type': 'audio/wav', 'cache-control': 'no-store' });
    expect(played.rawPayload).toEqual(wav);
    const audited = await playings();
    expect(audited).toHaveLength(count);
    expect(audited.at(-1)).toMatchObject({
      actor: '9001',
      subject: recorded.id,
      details: { contact: 'contact-1', sha256 },
    });
    expect(audited.at(-1)?.at).toBeGreaterThanOrEqual(before);
  }
});

test('A3 without the right nobody lists or plays a recording, nor is a playing audited', async () => {
  const before = await playings();
  for (const staffNumber of ['1001', '2001', '3001', '8806', '0001'])
    for (const url of [recordingPath(recorded.id), `${routes.recordings.path}?contact=contact-1`]) {
      const refused = await get(staffNumber, url);
      expect([refused.statusCode, codeOf(refused.body)]).toEqual([403, 'not-allowed']);
    }
  expect((await centre.app.inject({ method: 'GET', url: recordingPath(recorded.id) })).statusCode).toBe(401);
  expect(await playings()).toEqual(before);
});

test('A3 a recording does not go out as an attachment: not to who knows its hash, and to nobody unaudited', async () => {
  for (const staffNumber of ['1001', '9001']) {
    const refused = await get(staffNumber, attachmentPath(sha256));
    expect([refused.statusCode, codeOf(refused.body)]).toEqual([403, 'not-allowed']);
  }
});

test('A3 a recording that was pruned, or never was, cannot be played', async () => {
  const before = await playings();
  for (const id of [old.id, newId()]) expect((await get('9001', recordingPath(id))).statusCode).toBe(404);
  expect((await get('9001', recordingPath('1'))).statusCode).toBe(400);
  expect(await playings()).toEqual(before);
});
