import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import { ScriptedSwitch } from '../floor/scripted-switch.ts';
import { openRecordings } from '../recordings/open-recordings.ts';
import { agent, newId, pushInto, signInAt } from '../sync/push.fixture.ts';
import { wavHeader } from '../telephony/embedded/media/wav.ts';
import { type AttachmentStore, openAttachmentStore } from './attachment-store.ts';
import { type Engine, engines } from './engines.fixture.ts';
import type { Records } from './open-records.ts';
import { isRecording, keepRecording, recordingsOfContacts, recordingsOfForm } from './recordings.ts';

const dayMs = 24 * 3_600_000;
const now = 1_764_000_000_000;

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;
  let folder: string;
  let store: AttachmentStore;
  let sounds = 0;

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
    folder = mkdtempSync(join(tmpdir(), 'recordings-'));
    store = await openAttachmentStore(join(folder, 'attachments'));
  }, 60_000);
  afterAll(async () => {
    await records?.close();
    await engine?.stop();
    if (folder) rmSync(folder, { recursive: true });
  });

  /** A stereo recording of half a second, like no other. */
  const sound = (): Buffer => {
    sounds += 1;
    return Buffer.concat([wavHeader(16_000, 2), Buffer.alloc(16_000, sounds)]);
  };
  const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  const keep = async (contact: string, endedAt: number, bytes = sound()) => {
    const wav = join(folder, 'talk.wav');
    writeFileSync(wav, bytes);
    const id = newId();
    const kept = { id, contact, seat: '1001', service: '180', caller: '', ms: 500, complete: true } as const;
    const whole = { ...kept, startedAt: endedAt - 500, endedAt };
    await keepRecording({ db: records.db, store }, whole, wav);
    // As after a kill between the row and the end of its spool.
    await keepRecording({ db: records.db, store }, whole, wav);
    return { id, sha256: hashOf(bytes) };
  };
  const openAt = (clock: () => number, keepDays = 180) =>
    openRecordings({
      folder: join(folder, 'spool'),
      db: records.db,
      store,
      port: new ScriptedSwitch(),
      services: ['180'],
      keepDays,
      clock,
      timers: { after: () => () => undefined },
      newId,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
  const isThere = async (sha256: string): Promise<boolean> => {
    const found = await store.read(sha256);
    await found?.bytes.toArray();
    return found !== undefined;
  };

  test('A3 recordings are found by their call and by the form of the call, in order, each once', async () => {
    const second = await keep('call-1', now);
    const first = await keep('call-1', now - 1_000);
    await keep('call-2', now);
    const found = await recordingsOfContacts({ db: records.db, store }, ['call-1']);
    expect(found.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(found[0]).toMatchObject({ contactId: 'call-1', seat: '1001', service: '180', ms: 500, prunedAt: null });
    const desk = await signInAt(records, agent);
    const form = newId();
    const pushed = await pushInto(records, { clock: () => now }).take(
      [
        desk.make('form.open', form, {
          number: '261124-0001-001-0',
          kind: 'complaint',
          origin: { via: 'desk', channel: 'voice' },
          attachments: [],
          fields: emptyComplaint,
        }),
        desk.make('form.link-call', form, {
          contactId: 'call-1',
          caller: '',
          service: '180',
          language: 'zh',
          answeredAt: now,
          announcement: { outcome: 'played', startedAt: now, endedAt: now + 1 },
        }),
      ],
      desk.session,
    );
    expect(pushed.results.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
    expect(await recordingsOfForm({ db: records.db, store }, form)).toEqual(found);
    expect(await recordingsOfForm({ db: records.db, store }, newId())).toEqual([]);
  });

  test('A3 after the days that are set the sound goes and the row stays; 0 days keep for ever', async () => {
    const old = await keep('old-call', now - 181 * dayMs);
    const young = await keep('old-call', now - 179 * dayMs);
    await openAt(() => now, 0).prune();
    expect(await isThere(old.sha256)).toBe(true);
    await openAt(() => now).prune();
    await openAt(() => now + 1).prune();
    expect([await isThere(old.sha256), await isThere(young.sha256)]).toEqual([false, true]);
    expect([await isRecording(records.db, old.sha256), await isRecording(records.db, young.sha256)]).toEqual([
      false,
      true,
    ]);
    const rows = await recordingsOfContacts({ db: records.db, store }, ['old-call']);
    expect(rows.map(({ id, prunedAt }) => [id, prunedAt])).toEqual([
      [old.id, now],
      [young.id, null],
    ]);
  });

  test('A3 pruning leaves bytes that an attachment or a younger recording has too', async () => {
    const attached = await keep('call-3', now - 200 * dayMs);
    await records.db
      .insertInto('attachments')
      .values({ sha256: attached.sha256, size: 1, stored_at: 0, stored_by: 'CENTRE' })
      .execute();
    const silence = sound();
    const [old] = [await keep('call-3', now - 200 * dayMs, silence), await keep('call-4', now, silence)];
    await openAt(() => now).prune();
    expect([await isThere(attached.sha256), await isThere(old.sha256)]).toEqual([true, true]);
    expect((await recordingsOfContacts({ db: records.db, store }, ['call-3'])).map(({ prunedAt }) => prunedAt)).toEqual(
      [now, now],
    );
    await openAt(() => now + 181 * dayMs).prune();
    expect([await isThere(attached.sha256), await isThere(old.sha256)]).toEqual([true, false]);
  });

  test('A3 a talk that was recorded when the server was killed is filed once, as not complete', async () => {
    const id = newId();
    await mkdir(join(folder, 'spool', id), { recursive: true });
    const particulars = { id, contact: 'cut-call', seat: '1001', service: '180', caller: '', startedAt: now };
    writeFileSync(join(folder, 'spool', id, 'recording.json'), JSON.stringify({ ...particulars, ended: null }));
    // Whose header still counts the block before, and half a sample at its end.
    const cutOff = Buffer.concat([wavHeader(8_000, 2), Buffer.alloc(16_003, 77)]);
    writeFileSync(join(folder, 'spool', id, 'talk.wav'), cutOff);
    await openAt(() => now).recover();
    await openAt(() => now).recover();
    expect(await recordingsOfContacts({ db: records.db, store }, ['cut-call'])).toMatchObject([
      { id, complete: false, ms: 500 },
    ]);
    expect(readdirSync(join(folder, 'spool'))).toEqual([]);
    const mended = Buffer.concat([wavHeader(16_000, 2), Buffer.alloc(16_000, 77)]);
    expect(await isThere(hashOf(mended))).toBe(true);
  });
});
