import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inFolder } from '../../electron/cache/testing/cache-with-desk.ts';
import { createDeskRecordings } from '../../electron/recordings/desk-recordings.ts';
import { startTestCentre, type TestCentre } from '../../server/api/app.fixture.ts';
import { newId, pushInto, signInAt } from '../../server/sync/push.fixture.ts';
import { wavHeader } from '../../server/telephony/embedded/media/wav.ts';
import { type CuttingProxy, openCuttingProxy } from '../stage/cutting-proxy.ts';
import { openFileDesk } from './desk-at-centre.ts';

let centre: TestCentre;
let accessToken: string;
beforeAll(async () => {
  centre = await startTestCentre();
  accessToken = (await centre.signIn('9001')).tokens.accessToken;
}, 60_000);
afterAll(() => centre?.stop());

let line: CuttingProxy;
beforeEach(async () => {
  line = await openCuttingProxy(centre.port);
  return () => line.close();
});

/** A form at the centre, and the recorded talk it came from: two channels, like no other. */
const record = async () => {
  const data = randomBytes(2_000_000);
  const wav = Buffer.concat([wavHeader(data.length, 2), data]);
  const sha256 = createHash('sha256').update(wav).digest('hex');
  await centre.store.keep(sha256, Readable.from([wav]));
  const [id, form] = [newId(), newId()];
  const contact = `contact-${id}`;
  await centre.records.db
    .insertInto('recordings')
    .values({
      ...{ id, contact, seat: '1001', service: '180', caller: '', started_at: 1, ended_at: 2, ms: 62_500 },
      ...{ sha256, size: null, complete: true, pruned_at: null },
    })
    .execute();
  const agent = await signInAt(centre.records, {
    staffNumber: '1001',
    name: '',
    roles: ['junior-agent'],
    languages: [],
  });
  const call = { contactId: contact, caller: '', service: '180', language: 'zh', answeredAt: 1 } as const;
  const announcement = { outcome: 'played', startedAt: 1, endedAt: 2 } as const;
  const { results } = await pushInto(centre.records, { clock: Date.now }).take(
    [agent.open(form), agent.make('form.link-call', form, { ...call, announcement })],
    agent.session,
  );
  expect(results.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
  return { id, sha256, wav, form };
};
const audited = async (recording: string) =>
  centre.records.db
    .selectFrom('audit')
    .select(['action', 'actor', 'at', 'details'])
    .where('subject', '=', recording)
    .orderBy('id')
    .execute();

const openDesk = (folder: string) => {
  const desk = openFileDesk({ folder, server: line.url, accessToken });
  // As after an exchange with the centre.
  desk.cache.database.write((writes) => writes.run('UPDATE meta SET last_contact_at = ?', Date.now()));
  const { database } = desk.cache;
  const recordings = createDeskRecordings({ ...desk, database, person: () => ({ roles: ['supervisor'] }) });
  return { ...desk, recordings, listen: recordings.play };
};

test('A3 P2 a recording is fetched over a line that breaks, kept, and each playing is audited, with the network and without', () =>
  inFolder(async (folder) => {
    const { id, wav, form } = await record();
    const desk = openDesk(folder);
    expect(await desk.recordings.list(form)).toMatchObject({
      ok: true,
      value: { fresh: true, recordings: [{ id, here: false, size: wav.length }] },
    });
    line.cuts.push(300_000, 700_000);
    let played = await desk.listen(id);
    for (let tries = 0; !played.ok && tries < 5; tries += 1) played = await desk.listen(id);
    expect(played.ok && Buffer.from(played.value).equals(wav)).toBe(true);
    expect(line.passed.down).toBeLessThan(wav.length + 500_000);
    const online = await audited(id);
    expect(online.filter(({ action }) => action === 'recording-played')).toMatchObject([
      { actor: '9001', details: { offline: false, allowed: true } },
    ]);
    expect(online.filter(({ action }) => action === 'recording-fetched').length).toBeGreaterThan(1);

    await line.close();
    const heardAt = Date.now();
    const again = await desk.listen(id);
    expect(again.ok && Buffer.from(again.value).equals(wav)).toBe(true);
    expect(await desk.recordings.list(form)).toMatchObject({
      ok: true,
      value: { fresh: false, recordings: [{ here: true }] },
    });
    expect(await audited(id)).toHaveLength(online.length);
    desk.cache.database.close();

    // The note outlives the program, and reaches the audit once.
    line = await openCuttingProxy(centre.port);
    const later = openDesk(folder);
    for (const _time of [1, 2]) await later.recordings.look();
    const offline = (await audited(id)).slice(online.length);
    expect(offline).toMatchObject([{ action: 'recording-played', actor: '9001', details: { offline: true } }]);
    expect(Math.abs((offline[0]?.at ?? 0) - heardAt)).toBeLessThan(5_000);
    later.cache.database.close();
  }));

test('A3 a desk that can tell nobody what it plays plays nothing', () =>
  inFolder(async (folder) => {
    const { id, form } = await record();
    const desk = openDesk(folder);
    await desk.recordings.list(form);
    expect((await desk.listen(id)).ok).toBe(true);
    await line.close();
    const aWeekAgo = Date.now() - 8 * 24 * 3_600_000;
    desk.cache.database.write((writes) => writes.run('UPDATE meta SET last_contact_at = ?', aWeekAgo));
    expect(await desk.listen(id)).toEqual({ ok: false, error: { code: 'not-audited' } });
    desk.cache.database.close();
    line = await openCuttingProxy(centre.port);
  }));

test('A3 with no network what is not here is said to be out of reach; nobody plays without the right', () =>
  inFolder(async (folder) => {
    const { id, form } = await record();
    const desk = openDesk(folder);
    await desk.recordings.list(form);
    await line.close();
    expect(await desk.listen(id)).toEqual({ ok: false, error: { code: 'unreachable' } });
    const { database } = desk.cache;
    const junior = createDeskRecordings({ ...desk, database, person: () => ({ roles: ['junior-agent'] }) });
    expect(await junior.list(form)).toEqual({ ok: false, error: { code: 'not-allowed' } });
    expect(await junior.play(id)).toEqual({ ok: false, error: { code: 'not-allowed' } });
    database.close();
    line = await openCuttingProxy(centre.port);
  }));

test('A3 what a desk has of a talk is no attachment, and goes when the centre has let the talk go', () =>
  inFolder(async (folder) => {
    const { id, sha256, form } = await record();
    const desk = openDesk(folder);
    await desk.recordings.list(form);
    expect((await desk.listen(id)).ok).toBe(true);
    expect(await desk.files.openAttachment(sha256)).toEqual({ ok: false, error: { code: 'not-found' } });
    await centre.records.db.updateTable('recordings').set({ pruned_at: 5 }).where('id', '=', id).execute();
    // Not asked again for a while, it is refused when it is to be played.
    expect(await desk.listen(id)).toEqual({ ok: false, error: { code: 'deleted' } });
    expect(desk.files.isHere(sha256)).toBe(false);
    expect(desk.cache.files.read(sha256)).toBeUndefined();
    expect(await desk.recordings.list(form)).toMatchObject({
      ok: true,
      value: { recordings: [{ prunedAt: 5, here: false }] },
    });
    desk.cache.database.close();
  }));

test('A3 P2 other sound than the centre named is told as damaged, and nothing of it is kept or played', () =>
  inFolder(async (folder) => {
    const { id, sha256, form, wav } = await record();
    const desk = openDesk(folder);
    await desk.recordings.list(form);
    const spoiled = Buffer.from(wav);
    spoiled.writeUInt8(spoiled.readUInt8(90_000) ^ 1, 90_000);
    writeFileSync(centre.fileOf(sha256), spoiled);
    expect(await desk.listen(id)).toEqual({ ok: false, error: { code: 'damaged' } });
    expect(desk.cache.files.read(sha256)).toBeUndefined();
    expect((await audited(id)).filter(({ action }) => action === 'recording-played')).toEqual([]);
    desk.cache.database.close();
  }));
