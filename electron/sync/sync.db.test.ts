import { expect, test, vi } from 'vitest';
import type { SyncStatus } from '../../contract/ipc.ts';
import { filesToUpload, noteAttachment } from '../cache/attachment-rows.ts';
import { attentionCards } from '../cache/attention-cards.ts';
import { readView } from '../cache/form-views.ts';
import { readMeta } from '../cache/meta.ts';
import type { Cache } from '../cache/open-cache.ts';
import { countOutbox } from '../cache/outbox.ts';
import { deskStoreOf } from '../cache/store/sqlite-desk-store.ts';
import { agent, author, inFolder, onStore, openTestCache, sendableOf } from '../cache/testing/cache-with-desk.ts';
import { openForm, performAction } from '../cache/work-form.ts';
import { createUploads } from '../files/uploads.ts';
import { askCentre } from '../session/ask-centre.ts';
import { createApi } from './api.ts';
import { createSync } from './create-sync.ts';
import { exchange } from './exchange.ts';
import type { DeskDisk, ExchangeParts } from './exchange-parts.ts';
import { fillCache } from './fill-cache.ts';
import { createHttpCentreLink } from './http-centre-link.ts';
import { type FakeCentre, openFakeCentre } from './testing/fake-centre.ts';
import { createTokenKeeper, type TokenKeeper } from './token-keeper.ts';

interface Bench {
  readonly centre: FakeCentre;
  readonly cache: Cache;
  readonly parts: ExchangeParts;
  readonly tokens: TokenKeeper;
  readonly changed: string[];
}

const onBench = (work: (bench: Bench) => Promise<void>, password = 'right'): Promise<void> =>
  inFolder(async (folder) => {
    const centre = await openFakeCentre();
    const cache = openTestCache(folder);
    try {
      const api = createApi({ server: centre.url, fetch });
      const tokens = createTokenKeeper({
        api,
        device: () => cache.database.read(readMeta).device,
        signIn: () => askCentre(cache, api, { staffNumber: agent.staffNumber, password }),
        tokens: undefined,
        now: Date.now,
        onSignedIn: () => undefined,
      });
      const changed: string[] = [];
      const uploads = createUploads({ cache, api, tokens, now: Date.now, onReady: () => undefined });
      const parts = {
        disk: diskOf(cache),
        centre: createHttpCentreLink({ uploads, api, tokens }),
        person: () => agent,
        now: Date.now,
        onFormsChanged: (forms: ReadonlySet<string>) => changed.push(...forms),
      };
      await work({ centre, cache, parts, tokens, changed });
    } finally {
      cache.database.close();
      await centre.close();
    }
  });

/** An exchange, a fill where one is due, and what has changed meanwhile. */
const bringAlike = async (parts: ExchangeParts) => {
  const first = await exchange(parts);
  if (!first.ok || !first.value.needsFill) return first;
  const filled = await fillCache({ ...parts, anew: true, onLot: () => undefined, pause: () => Promise.resolve() });
  return filled.ok ? exchange(parts) : filled;
};

const diskOf = (cache: Cache): DeskDisk => ({
  write: (does) => onStore(cache, does),
  writeRepeatable: (does) => cache.database.writeRepeatable((writes) => does(deskStoreOf(writes))),
});

const openWithNotes = ({ database }: Cache, notes: number): string => {
  const opened = database.write((writes) => openForm(writes, author(), {}));
  if (!opened.ok) throw new Error(opened.error.code);
  for (let note = 1; note <= notes; note += 1) {
    database.write((writes) =>
      performAction(writes, author(), { form: opened.value.id, kind: 'form.note', payload: { text: `${note}` } }),
    );
  }
  return opened.value.id;
};

test('P2 the outbox goes up in the order of seq, in batches, and is empty after', () =>
  onBench(async ({ centre, cache, parts }) => {
    const form = openWithNotes(cache, 700);
    const ids = sendableOf(cache).map((made) => made.id);
    expect(await bringAlike(parts)).toMatchObject({ ok: true, value: { needsFill: false } });
    expect(centre.applied).toEqual(ids);
    expect(centre.requests.filter((request) => request === 'POST /api/sync/push')).toHaveLength(2);
    expect(cache.database.read(countOutbox)).toMatchObject({ pending: 0, attention: 0 });
    expect(cache.database.read((reads) => readView(reads, form))?.form).toEqual(centre.forms.get(form));
  }));

test('P2 a push whose answer is lost is sent again and applied once', () =>
  onBench(async ({ centre, cache, parts, tokens }) => {
    openWithNotes(cache, 3);
    await tokens.accessToken();
    centre.nextFailures.push('cut');
    expect(await exchange(parts)).toEqual({ ok: false, error: { code: 'unreachable' } });
    expect(cache.database.read(countOutbox).pending).toBe(4);
    expect((await exchange(parts)).ok).toBe(true);
    expect(centre.applied).toHaveLength(4);
    expect(new Set(centre.applied).size).toBe(4);
  }));

test('an answer with an error keeps everything pending', () =>
  onBench(async ({ centre, cache, parts, tokens }) => {
    openWithNotes(cache, 1);
    await tokens.accessToken();
    centre.nextFailures.push('unavailable');
    expect((await exchange(parts)).ok).toBe(false);
    expect(cache.database.read(countOutbox).pending).toBe(2);
  }));

test('P2 a rejected operation becomes a card and holds those of its form until it is settled, of no other', () =>
  onBench(async ({ centre, cache, parts }) => {
    const form = openWithNotes(cache, 0);
    centre.reject.add('form.note');
    cache.database.write((writes) =>
      performAction(writes, author(), { form, kind: 'form.note', payload: { text: '不行' } }),
    );
    cache.database.write((writes) =>
      performAction(writes, author(), { form, kind: 'form.edit', payload: { from: { text: '' }, to: { text: '行' } } }),
    );
    const other = openWithNotes(cache, 0);
    expect((await bringAlike(parts)).ok).toBe(true);
    const [card, ...more] = cache.database.read((reads) => attentionCards(reads));
    expect(more).toEqual([]);
    expect(card).toMatchObject({ kind: 'form.note', payload: { text: '不行' } });
    expect(centre.forms.has(other)).toBe(true);
    expect(centre.forms.get(form)?.fields.text).toBe('');
    expect(cache.database.read(countOutbox)).toMatchObject({ pending: 1, attention: 1, held: 1 });
    onStore(cache, (store) => store.dismiss(card?.id ?? ''));
    expect((await exchange(parts)).ok).toBe(true);
    expect(cache.database.read((reads) => readView(reads, form))?.form).toMatchObject({
      notes: [],
      fields: { text: '行' },
    });
  }));

const attach = (cache: Cache, form: string, bytes: Uint8Array): string => {
  const sha256 = cache.files.keep(bytes);
  const payload = { id: crypto.randomUUID(), sha256, name: 'bill.png', mediaType: 'image/png', size: bytes.length };
  cache.database.write((writes) => {
    noteAttachment(writes, sha256, bytes.length);
    return performAction(writes, author(), { form, kind: 'form.attach', payload });
  });
  return sha256;
};

test('P2 the bytes of an attachment go up before the operation that names them, once', () =>
  onBench(async ({ centre, cache, parts }) => {
    const form = openWithNotes(cache, 0);
    const sha256 = attach(cache, form, new Uint8Array([1, 2, 3]));
    expect((await exchange(parts)).ok).toBe(true);
    expect(centre.applied).toHaveLength(1);
    await expect.poll(() => cache.database.read(filesToUpload)).toEqual([]);
    await exchange(parts);
    await exchange(parts);
    expect(centre.applied).toHaveLength(2);
    const path = `/api/attachments/${sha256}/upload`;
    const own = centre.requests.filter((request) => !/pull|session|knowledge/.test(request));
    expect(own.filter((request) => request.endsWith('upload'))).toEqual([`GET ${path}`, `PATCH ${path}`]);
    expect(own.at(-1)).toBe('POST /api/sync/push');
    expect(own.filter((request) => request.endsWith('push'))).toHaveLength(2);
  }));

test('P2 a file that does not come up holds its own form, and no other', () =>
  onBench(async ({ centre, cache, parts }) => {
    const held = openWithNotes(cache, 0);
    attach(cache, held, new Uint8Array([1, 2, 3]));
    cache.database.write((writes) =>
      performAction(writes, author(), { form: held, kind: 'form.note', payload: { text: '图在附件里' } }),
    );
    const other = openWithNotes(cache, 3);
    centre.uploadsFail = true;
    for (const _time of [1, 2]) expect((await exchange(parts)).ok).toBe(true);
    expect(centre.forms.get(other)?.notes).toHaveLength(3);
    expect(centre.forms.get(held)).toMatchObject({ attachments: [], notes: [] });
    expect(cache.database.read(countOutbox).pending).toBe(2);
    centre.uploadsFail = false;
    await expect
      .poll(async () => {
        await exchange(parts);
        return cache.database.read(countOutbox).pending;
      })
      .toBe(0);
    expect(centre.forms.get(held)?.notes).toHaveLength(1);
    expect(centre.forms.get(held)?.attachments).toHaveLength(1);
  }));

test('one refresh for many at once; a lost session is signed in anew with the password in memory', () =>
  onBench(async ({ centre, tokens }) => {
    centre.accessLastsMs = 0;
    await Promise.all([tokens.accessToken(), tokens.accessToken(), tokens.accessToken()]);
    expect(centre.requests).toEqual(['POST /api/session']);
    await Promise.all([tokens.accessToken(), tokens.accessToken()]);
    expect(centre.requests).toEqual(['POST /api/session', 'POST /api/session/refresh']);
    centre.forgetSessions();
    expect((await tokens.accessToken()).ok).toBe(true);
    expect(centre.requests.slice(2)).toEqual(['POST /api/session/refresh', 'POST /api/session']);
  }));

test('a password that the centre no longer takes is not tried twice', () =>
  onBench(async ({ centre, cache, parts, tokens }) => {
    openWithNotes(cache, 1);
    expect(await tokens.accessToken()).toEqual({ ok: false, error: { code: 'wrong-password' } });
    expect((await exchange(parts)).ok).toBe(false);
    expect(centre.requests).toEqual(['POST /api/session']);
  }, 'changed meanwhile'));

test('status: offline, then online; form changes are told; the clock offset is known', () =>
  onBench(async ({ cache, parts, changed }) => {
    const form = openWithNotes(cache, 1);
    const told: SyncStatus['link'][] = [];
    const sync = createSync({
      ...parts,
      cache,
      pullArticles: () => Promise.resolve({ ok: true, value: undefined }),
      now: () => Date.now() - 60_000,
      random: () => 0.5,
      onStatus: ({ link }) => told.push(link),
    });
    expect(sync.status().link).toBe('offline');
    sync.kick();
    await vi.waitFor(() => expect([told.at(0), told.at(-1)]).toEqual(['catching-up', 'online']));
    await vi.waitFor(() => expect(sync.status()).toMatchObject({ link: 'online', fill: null, trouble: null }));
    expect(changed).toContain(form);
    expect(sync.status().clockOffsetMs).toBeGreaterThan(59_000);
    await sync.stop();
  }));

test('P2 what a colleague wrote at this desk before waits for the colleague', () =>
  onBench(async ({ centre, cache, parts }) => {
    openWithNotes(cache, 2);
    const relief = { ...parts, person: () => ({ ...agent, staffNumber: '1002' }) };
    expect((await exchange(relief)).ok).toBe(true);
    expect(centre.applied).toEqual([]);
    expect(cache.database.read(countOutbox)).toMatchObject({ pending: 3, attention: 0 });
    expect((await exchange(parts)).ok).toBe(true);
    expect(centre.applied).toHaveLength(3);
  }));
