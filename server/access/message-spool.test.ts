import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { KeptMessage } from './contact-keeper.ts';
import { openMessageSpool } from './message-spool.ts';

let folder: string;
let kept: KeptMessage[];
let recordsFail: boolean;
let ids = 0;

const contact = { contactId: 'c1', caller: '13800138000', service: '180', language: 'zh', origin: 'trunk' } as const;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The spool as a start of the server opens it. */
const open = () =>
  openMessageSpool({
    folder,
    keeper: {
      keepMessage: async (message) => {
        if (recordsFail) throw new Error('the records fail');
        kept.push(message);
      },
    },
    clock: () => 1_764_000_000_000,
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    log: quiet,
  });

/** A recording whose header still says what it said half a second ago, and half a sample at its end. */
const cutOff = (samples: number): Buffer => {
  const wav = Buffer.alloc(44 + 2 * samples + 1);
  wav.write('RIFF', 0, 'latin1');
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(2 * Math.max(0, samples - 4_000), 40);
  return wav;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spool-'));
  kept = [];
  recordsFail = false;
});

test('A7 a message is filed with its segments in order, and its folder goes', async () => {
  const message = open().begin(contact, '0105551234');
  await writeFile(message.nextFile(), cutOff(8_000));
  await writeFile(message.nextFile(), cutOff(4_000));
  expect(await message.file('confirmed')).toBe(true);
  expect(kept).toMatchObject([{ contact, number: '0105551234', ended: { how: 'confirmed' } }]);
  expect(kept[0]?.segments.map(({ ms }) => ms)).toEqual([1_000, 500]);
  expect(await readdir(folder)).toEqual([]);
});

test('A7 a message that was being spoken when the server was killed is kept once, as interrupted, its header mended', async () => {
  const message = open().begin(contact, '0105551234');
  const file = message.nextFile();
  await writeFile(file, cutOff(8_000));
  const recordsOf = async () => (await readFile(file)).readUInt32LE(40);
  recordsFail = true;
  await open().recover();
  expect(await recordsOf()).toBe(16_000);
  recordsFail = false;
  await open().recover();
  await open().recover();
  expect(kept).toMatchObject([{ ended: { how: 'interrupted' }, segments: [{ ms: 1_000 }] }]);
  expect(await readdir(folder)).toEqual([]);
});

test('A7 a message that the records refused stays as it ended, and is filed later under the same ids', async () => {
  const spool = open();
  const message = spool.begin(contact, '0105551234');
  await writeFile(message.nextFile(), cutOff(8_000));
  recordsFail = true;
  expect(await message.file('confirmed')).toBe(false);
  await spool.retry();
  recordsFail = false;
  await open().recover();
  await spool.retry();
  expect(kept).toMatchObject([{ ended: { how: 'confirmed' } }]);
});

test('A7 a message that is being spoken is left alone by those who file', async () => {
  const spool = open();
  const message = spool.begin(contact, '0105551234');
  await writeFile(message.nextFile(), cutOff(8_000));
  await spool.retry();
  expect(kept).toEqual([]);
  message.drop();
  expect(await readdir(folder)).toEqual([]);
});

test('A7 nothing said is nothing kept', async () => {
  const message = open().begin(contact, '0105551234');
  await writeFile(message.nextFile(), cutOff(0));
  expect(await message.file('hung-up')).toBe(true);
  expect(kept).toEqual([]);
});
