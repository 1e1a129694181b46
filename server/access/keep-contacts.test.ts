import { createHash } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { origin } from '../../domain/forms/origin.ts';
import type { CentreForms } from '../forms/centre-forms.ts';
import { openAttachmentStore } from '../records/attachment-store.ts';
import { keepContacts } from './keep-contacts.ts';

type Opened = Parameters<CentreForms['open']>[0];

const now = 1_764_000_000_000;
const contact = { contactId: 'c1', caller: '13800138000', service: '180', language: 'zh', origin: 'trunk' } as const;

/** A keeper whose forms are on paper; the attachment store is the real one. */
const keeping = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'keeping-'));
  const store = await openAttachmentStore(join(folder, 'attachments'));
  const opened: Opened[] = [];
  const keeper = keepContacts({
    forms: {
      open: async (request) => {
        origin.parse(request.origin);
        opened.push(request);
        return { ok: false, error: { code: 'unreadable' } };
      },
    },
    store,
    clock: () => now,
    newId: () => '019aaaaa-0000-7000-8000-000000000001',
    callbackWindowHours: 24,
    keepRating: async () => undefined,
  });
  return { folder, store, opened, keeper };
};

test('A6 a callback is a form with a window; refused by the records it is not promised (forms on paper)', async () => {
  const { opened, keeper } = await keeping();
  await expect(keeper.keepCallback(contact, '0105551234')).rejects.toThrow('unreadable');
  expect(opened).toMatchObject([
    {
      kind: 'complaint',
      origin: { via: 'callback', number: '0105551234', window: { from: now, to: now + 86_400_000 } },
      fields: { contactNumber: '0105551234', channel: 'voice' },
    },
  ]);
});

test('A7 a message is stored once under its hash, and named on the form segment by segment (forms on paper)', async () => {
  const { folder, store, opened, keeper } = await keeping();
  const file = join(folder, '0001.wav');
  await writeFile(file, 'sound');
  const ended = { at: now, how: 'disk-full' } as const;
  const segments = [{ file, ms: 1_000.4 }];
  const message = { form: 'f', operation: 'o', contact, number: '5551234', startedAt: now, ended, segments };
  await expect(keeper.keepMessage(message)).rejects.toThrow('unreadable');
  const sha256 = createHash('sha256').update('sound').digest('hex');
  expect(opened[0]).toMatchObject({
    form: 'f',
    operation: 'o',
    origin: {
      via: 'voice-message',
      recording: [{ sha256, ms: 1_000 }],
      ending: { complete: false, reason: 'disk-full' },
    },
  });
  expect((await store.read(sha256))?.size).toBe((await readFile(file)).length);
});

test('A1 a caller from the web page has a form of channel web-voice', async () => {
  const { opened, keeper } = await keeping();
  await expect(keeper.bookFault({ ...contact, origin: 'web' }, '5551234', 'noise')).rejects.toThrow();
  expect(opened[0]).toMatchObject({
    kind: 'fault',
    origin: { via: 'fault-line', lineNumber: '5551234' },
    fields: { account: '5551234', channel: 'web-voice' },
  });
});
