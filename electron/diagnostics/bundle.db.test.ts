import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { idleSyncStatus } from '../../contract/idle-sync-status.ts';
import type { ComplaintFields } from '../../domain/forms/complaint.ts';
import type { FormAction } from '../../domain/forms/operations.ts';
import type { Cache } from '../cache/open-cache.ts';
import { takeChanges } from '../cache/store/take-changes.ts';
import { takeResults } from '../cache/store/take-results.ts';
import {
  agent,
  author,
  cameIn,
  inFolder,
  onStore,
  openTestCache,
  sendableOf,
} from '../cache/testing/cache-with-desk.ts';
import { openForm, performAction } from '../cache/work-form.ts';
import { openSyncJournal } from '../sync/sync-journal.ts';
import { type DiagnosticBundle, diagnosticBundle, packBundle } from './bundle.ts';
import { makeBundle } from './make-bundle.ts';
import { scrubLine } from './scrub-log.ts';

/** In every place of free text, and each another, in Chinese and in plain letters. */
const markers = {
  callerName: '欧阳标记甲',
  contactNumber: '13977712345',
  account: 'BB-998877-X',
  idNumber: '44010619900307661X',
  text: '标记乙：他说 markerbravo 断网',
  happenedWhere: '标记丙路 88 号',
  forwardedBy: '标记丁局',
  note: '标记戊 markercharlie',
  attachment: '标记己-markerdelta.png',
  mailFrom: 'markerecho@example.org',
  mailName: '标记庚',
  mailSubject: '标记辛 subject',
  answer: '标记壬的答复',
  checkBackTo: '13655500001',
  checkBackText: '标记癸要核实',
  error: 'Zhang Sanmarker',
  staffNumber: agent.staffNumber,
  staffName: agent.name,
} as const;

/** Those of them that the unpacked file holds. */
const found = (file: Uint8Array): readonly string[] => {
  const text = gunzipSync(file).toString('utf8');
  // A number counts where it stands alone: among the digits of a time or a size it is none of ours.
  const stands = (marker: string): boolean =>
    /^\d+$/.test(marker) ? new RegExp(`(?<!\\d)${marker}(?!\\d)`).test(text) : text.includes(marker);
  return Object.values(markers).filter(stands);
};

const fields: Partial<ComplaintFields> = {
  complaintType: 'other',
  callerName: markers.callerName,
  contactNumber: markers.contactNumber,
  account: markers.account,
  idNumber: markers.idNumber,
  text: markers.text,
  happenedWhere: markers.happenedWhere,
  forwardedBy: markers.forwardedBy,
};

const act = ({ database }: Cache, action: FormAction): string => {
  const done = database.write((writes) => performAction(writes, author(), action));
  if (!done.ok) throw new Error(done.error.code);
  return done.value.history.at(-1)?.operation ?? '';
};

const mail = {
  via: 'e-mail',
  ...{ from: markers.mailFrom, fromName: markers.mailName, to: 'hotline@example.org', subject: markers.mailSubject },
  ...{ messageId: markers.mailFrom, references: [], receivedAt: 1, excerpt: markers.text, problem: null },
} as const;

const bytes = new TextEncoder().encode(markers.attachment);

/** A cache in which everything was written that can be, some of it refused. */
const writtenCache = (folder: string) => {
  const cache = openTestCache(folder);
  const opened = cache.database.write((writes) => openForm(writes, author(), fields));
  if (!opened.ok) throw new Error(opened.error.code);
  const { id: form, number } = opened.value;
  const refusedNote = act(cache, { form, kind: 'form.note', payload: { text: markers.note } });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  cache.files.keep(bytes);
  act(cache, {
    ...{ form, kind: 'form.attach' },
    payload: { id: crypto.randomUUID(), sha256, name: markers.attachment, mediaType: 'image/png', size: bytes.length },
  });
  act(cache, {
    ...{ form, kind: 'form.check-back' },
    payload: {
      ...{ id: crypto.randomUUID(), channel: 'call', to: markers.checkBackTo, text: markers.checkBackText },
      remindAt: 1,
    },
  });
  act(cache, { form, kind: 'form.answer', payload: { text: markers.answer } });
  const refusal = { code: 'claimed-already', by: markers.mailName } as const;
  const sent = sendableOf(cache).filter(({ id }) => id === refusedNote);
  onStore(cache, (store) => {
    takeResults(store, sent, [{ id: refusedNote, outcome: 'rejected', refusal }], agent);
    takeChanges(store, { changes: [{ cursor: 1, form: cameIn(mail, 1) }], cursor: 1 }, agent);
  });
  return { cache, form, number };
};

const log = [
  `2026-11-24T09:30:00.000Z a PDF was not written: Error: cannot write '${markers.callerName}' for ${markers.error}`,
  `2026-11-24T09:30:01.000Z the desk could not start: SyntaxError: Unexpected token '标', "${markers.text}" is not JSON\n    at JSON.parse (<anonymous>)\n    at readForm (/home/markerecho/zuoxi/out/main/main.js:12:345)`,
  `2026-11-24T09:30:02.000Z navigation to https://example.org/?q=${encodeURIComponent(markers.text)}&p=${markers.contactNumber} refused`,
  `2026-11-24T09:30:03.000Z the cache of ${markers.staffNumber} is of version 12, this desk knows 11`,
  `2026-11-24T09:30:04.000Z form.perform refused: payload.to.callerName too_big (${markers.callerName}, ${markers.mailFrom})`,
  `2026-11-24T09:30:05.000Z not printed: ${markers.error} has ${markers.checkBackTo}`,
];

const bundleOf = async (
  folder: string,
): Promise<{ readonly bundle: DiagnosticBundle; readonly form: string; readonly number: string }> => {
  const { cache, form, number } = writtenCache(folder);
  const journal = openSyncJournal({ file: join(folder, 'sync-journal.json'), now: () => 1_000 });
  journal.noteState({ ...idleSyncStatus, link: 'offline', pending: 5, trouble: 'disk-full' });
  journal.noteExchange({ startedAt: 400, outcome: 'unreachable' });
  journal.noteBackOff({ attempt: 1, pauseMs: 812 });
  const bundle = await makeBundle({
    ...{ now: 2_000, version: '0.1.0', salt: 'pepper', checkCache: true, log },
    provisioning: {
      ...{ server: 'https://centre.example', allowPlainHttp: false, interfaceLanguage: 'zh' },
      prompts: `/home/${markers.callerName}`,
    },
    settings: {
      ...{ interfaceLanguage: 'zh', microphone: markers.account, speaker: null, ringDevice: null, ringVolume: 0.8 },
      ...{ sayYao: false, theme: 'light' },
    },
    session: {
      ...{ staffNumber: agent.staffNumber, roles: agent.roles, key: 'password', cache },
      ...{ status: { ...idleSyncStatus, pending: 4, attention: 1, held: 3 }, history: journal.events() },
    },
  });
  cache.database.close();
  return { bundle, form, number };
};

test('P3 a diagnostic bundle holds nothing that anybody wrote, no name and no number, and tells the figures', () =>
  inFolder(async (folder) => {
    const { bundle } = await bundleOf(folder);
    const file = packBundle(bundle);
    expect(found(file)).toEqual([]);
    const read = diagnosticBundle.parse(JSON.parse(gunzipSync(file).toString('utf8')));
    expect(read.session?.outbox.groups).toContainEqual(
      expect.objectContaining({ kind: 'form.note', state: 'rejected', refusal: 'claimed-already', count: 1 }),
    );
    expect(read.session?.cache).toMatchObject({ rows: { forms: 2, outbox: 5 }, damage: ['ok'], deskNumber: 17 });
    expect(read.session?.history.map(({ type }) => type)).toEqual(['begun', 'state', 'exchange', 'back-off']);
    expect(read.session?.person).toMatch(/^[0-9a-f]{16}$/);
  }));

test('the ids of forms stand in a bundle, their numbers do not', () =>
  inFolder(async (folder) => {
    const { bundle, form, number } = await bundleOf(folder);
    expect(bundle.session?.outbox.forms).toMatchObject([{ form, pending: 4, refused: 1 }]);
    expect(JSON.stringify(bundle)).not.toContain(number);
  }));

test('the search for markers finds one that is put there on purpose, and what has no place in a bundle is refused', () =>
  inFolder(async (folder) => {
    const { bundle } = await bundleOf(folder);
    for (const marker of Object.values(markers))
      expect(found(packBundle({ ...bundle, log: [marker] })), marker).toContain(marker);
    const bent = { ...bundle, provisioning: { ...bundle.provisioning, note: markers.note } };
    expect(() => packBundle(bent)).toThrow('note');
  }));

test('a scrubbed line keeps what an installer needs of it', () => {
  expect(log.map((line) => scrubLine(line).map((one) => one.replace(/^\S+Z /, '')))).toEqual([
    ['a PDF was not written: Error'],
    ['the desk could not start: SyntaxError', '    at readForm main.js:12:345'],
    ['navigation to <address> refused'],
    ['the cache of <number> is of version 12, this desk knows 11'],
    ['form.perform refused: payload.to.callerName too_big (<text>, <mail>'],
    ['not printed: <word> <word> has <number>'],
  ]);
});

test('the journal goes on over a start, is bounded, and does not say the same twice', () =>
  inFolder((folder) => {
    const file = join(folder, 'sync-journal.json');
    let now = 1_000;
    const journal = openSyncJournal({ file, now: () => now });
    for (let count = 0; count < 3; count += 1) journal.noteState({ ...idleSyncStatus, link: 'online', pending: count });
    expect(journal.events()).toHaveLength(2);
    for (let count = 0; count < 500; count += 1) {
      now += 10;
      journal.noteExchange({ startedAt: now - 7, outcome: 'ok' });
    }
    journal.flush();
    const again = openSyncJournal({ file, now: () => now });
    expect(again.events()).toHaveLength(200);
    expect(again.events().slice(-2)).toEqual([
      { type: 'exchange', at: now - 7, tookMs: 7, outcome: 'ok' },
      { type: 'begun', at: now },
    ]);
    const nowhere = openSyncJournal({ file: join(file, 'not', 'a', 'folder.json'), now: () => now });
    nowhere.flush();
    expect(nowhere.events()).toHaveLength(1);
  }));
