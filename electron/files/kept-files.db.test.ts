import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import { ok } from '../../domain/result.ts';
import { noteAttachment, noteUploaded } from '../cache/attachment-rows.ts';
import type { Cache } from '../cache/open-cache.ts';
import { agent, author, inFolder, openTestCache } from '../cache/testing/cache-with-desk.ts';
import { openForm, performAction } from '../cache/work-form.ts';
import { createFetchAhead } from './fetch-ahead.ts';
import { listHeldFiles } from './held-files.ts';
import { evictFiles, keptBytes, noteUse } from './kept-files.ts';

const keep = (cache: Cache, usedAt: number, bytes = 1_000): string => {
  const sha256 = cache.files.keep(new Uint8Array(randomBytes(bytes)));
  cache.database.write((writes) => noteUse(writes, { sha256, size: bytes }, usedAt));
  return sha256;
};

/** A draft of this person with a file on it that the centre has. */
const draftWith = (cache: Cache, sha256: string, size: number): void =>
  cache.database.write((writes) => {
    const opened = openForm(writes, author(), emptyComplaint, 'complaint');
    if (!opened.ok) throw new Error(opened.error.code);
    const payload = { id: crypto.randomUUID(), sha256, name: 'a.png', mediaType: 'image/png', size };
    const attached = performAction(writes, author(), { form: opened.value.id, kind: 'form.attach', payload });
    if (!attached.ok) throw new Error(attached.error.code);
  });

const onCache = (work: (cache: Cache) => void | Promise<void>): Promise<void> =>
  inFolder(async (folder) => {
    const cache = openTestCache(folder);
    await work(cache);
    cache.database.close();
  });

test('P2 above the bound the files least used go, never one the centre lacks or of a form in hand', () =>
  onCache((cache) => {
    const own = keep(cache, 1);
    cache.database.write((writes) => noteAttachment(writes, own, 1_000));
    const held = keep(cache, 2);
    draftWith(cache, held, 1_000);
    const uploaded = keep(cache, 3);
    cache.database.write((writes) => {
      noteAttachment(writes, uploaded, 1_000);
      noteUploaded(writes, uploaded);
    });
    const [older, newer] = [keep(cache, 4), keep(cache, 5)];
    cache.database.write((writes) => noteUse(writes, { sha256: older, size: 1_000 }, 6));
    expect(evictFiles(cache, agent.staffNumber, 5_000)).toEqual([]);
    expect(evictFiles(cache, agent.staffNumber, 3_500)).toEqual([uploaded, newer]);
    expect(evictFiles(cache, agent.staffNumber, 0)).toEqual([older]);
    expect(cache.database.read(keptBytes)).toBe(2_000);
    for (const gone of [uploaded, newer, older]) expect(cache.files.read(gone)).toBeUndefined();
    for (const stays of [own, held]) expect(cache.files.read(stays)).toBeDefined();
  }));

test('P2 files of forms in hand are fetched ahead while nobody talks, within their bound', () =>
  onCache(async (cache) => {
    const names = ['a', 'b', 'c'].map((letter) => letter.repeat(64));
    for (const sha256 of names) draftWith(cache, sha256, 1_000);
    const { database } = cache;
    expect(database.read((reads) => listHeldFiles(reads, agent.staffNumber)).map(({ size }) => size)).toEqual([
      ...[1_000, 1_000, 1_000],
    ]);
    expect(database.read((reads) => listHeldFiles(reads, '8806'))).toEqual([]);
    const asked: string[] = [];
    let idle = false;
    const ahead = createFetchAhead({
      database,
      files: {
        isHere: () => false,
        bring: async ({ sha256 }) => {
          asked.push(sha256);
          return ok(undefined);
        },
      },
      person: () => agent,
      isIdle: () => idle,
      heldBytes: 2_500,
    });
    await ahead.look();
    expect(asked).toEqual([]);
    idle = true;
    await ahead.look();
    expect(asked).toHaveLength(2);
    expect(names).toEqual(expect.arrayContaining(asked));
    await ahead.stop();
    await ahead.look();
    expect(asked).toHaveLength(2);
  }));
