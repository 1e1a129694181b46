import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../database.ts';
import { readForm } from '../form-views.ts';
import { migrations } from '../migrations.ts';
import type { Cache } from '../open-cache.ts';
import { pageBytes } from '../sqlite.ts';
import { agent, author, inFolder, openTestCache, testKey } from '../testing/cache-with-desk.ts';
import { openForm, performAction } from '../work-form.ts';
import { keepSpare } from './keep-spare.ts';
import { openOrRepair } from './open-or-repair.ts';
import { takeUnsentWork } from './take-unsent.ts';
import { unsentFilesIn } from './unsent-work.ts';

const now = Date.UTC(2026, 10, 24, 9, 30);
const open = (folder: string) => openOrRepair(folder, { key: testKey, staffNumber: '1001', now });

const spoil = (path: string, at: number): void => {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(64, 0xa5), 0, 64, at);
  closeSync(file);
};

/** Forms with a note each; their ids. */
const writeForms = ({ database }: Cache, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) =>
    database.write((writes) => {
      const opened = openForm(writes, author(), { text: `${at} `.repeat(400) });
      if (!opened.ok) throw new Error(opened.error.code);
      performAction(writes, author(), { form: opened.value.id, kind: 'form.note', payload: { text: '备注' } });
      return opened.value.id;
    }),
  );

const outboxRow = z.object({ id: z.string(), seq: z.int(), state: z.string() });
const outboxOf = ({ database }: Cache) =>
  database.read((reads) => reads.all(outboxRow, 'SELECT id, seq, state FROM outbox ORDER BY seq'));

const repaired = (folder: string) => {
  const opened = open(folder);
  if (!opened.ok) throw new Error(opened.error.code);
  const { cache, repair } = opened.value;
  if (!repair) throw new Error('nothing was repaired');
  const taken = takeUnsentWork(cache, testKey, agent);
  return { cache, repair, taken };
};

test("P2 of a cache with damaged pages every operation that can be read is saved, with its id, in order, as this desk's own", () =>
  inFolder((folder) => {
    const before = openTestCache(folder);
    writeForms(before, 200);
    const was = outboxOf(before);
    const device = before.database.read((reads) =>
      reads.first(z.object({ device: z.string() }), 'SELECT device FROM meta'),
    );
    const rows = z.object({ p: z.int() });
    const pages = before.database.read((reads) =>
      reads.all(rows, "SELECT pageno AS p FROM dbstat WHERE name = 'outbox' AND pagetype = 'leaf'"),
    );
    before.database.close();
    const path = join(folder, 'cache.db');
    for (const { p } of pages.filter((_, at) => at % 5 === 2)) spoil(path, (p - 1) * pageBytes + 700);
    // Found in use, then looked through at the next opening.
    const inUse = openTestCache(folder);
    expect(() => outboxOf(inUse)).toThrow(/malformed/);
    inUse.database.close();

    const { cache, repair, taken } = repaired(folder);
    const now = outboxOf(cache);
    const kept = new Set(now.map(({ id }) => id));
    expect(now.length).toBe(taken);
    expect(taken).toBe(repair.salvaged);
    expect(taken).toBeGreaterThan(was.length / 2);
    expect(repair.unreadable).toBe(was.length - taken);
    expect(now.map(({ id }) => id)).toEqual(was.filter(({ id }) => kept.has(id)).map(({ id }) => id));
    expect(now.map(({ seq }) => seq)).toEqual(now.map((_, at) => at + 1));
    expect(
      cache.database.read((reads) => reads.first(z.object({ device: z.string() }), 'SELECT device FROM meta')),
    ).not.toEqual(device);
    expect(unsentFilesIn(folder)).toEqual([]);
    expect(statSync(repair.movedTo ?? '').size).toBeGreaterThan(100_000);
    cache.database.close();
    const again = open(folder);
    expect(again).toMatchObject({ ok: true, value: { repair: undefined } });
    if (again.ok) again.value.cache.database.close();
  }));

test('P2 of a cache whose first page is garbage the spare copy of the unsent work is taken, and the forms are there', () =>
  inFolder((folder) => {
    const before = openTestCache(folder);
    const forms = writeForms(before, 12);
    keepSpare(before, testKey).stop();
    const was = outboxOf(before);
    before.database.close();
    spoil(join(folder, 'cache.db'), 0);
    const { cache, repair, taken } = repaired(folder);
    expect(repair).toMatchObject({ salvaged: was.length, unreadable: null });
    expect(taken).toBe(was.length);
    expect(outboxOf(cache).map(({ id }) => id)).toEqual(was.map(({ id }) => id));
    for (const id of forms) expect(cache.database.read((reads) => readForm(reads, id))?.notes).toHaveLength(1);
    cache.database.close();
  }));

test('P2 a cache of a newer program is left as it is, its unsent work written out, and taken in once', () =>
  inFolder((folder) => {
    const before = openTestCache(folder);
    writeForms(before, 3);
    const was = outboxOf(before);
    before.database.close();
    const setVersion = (version: number): void => {
      const database = openDatabase(join(folder, 'cache.db'), testKey);
      database.write((writes) => writes.run(`PRAGMA user_version = ${version}`));
      database.close();
    };
    setVersion(migrations.length + 1);
    const file = join(folder, 'unsent-1001-2026-11-24.zuoxi');
    const refused = {
      ok: false,
      error: { code: 'newer-schema', found: migrations.length + 1, known: migrations.length, file },
    };
    expect(open(folder)).toEqual(refused);
    expect(open(folder)).toEqual(refused);
    expect(unsentFilesIn(folder)).toEqual([file]);

    setVersion(migrations.length);
    const later = open(folder);
    if (!later.ok) throw new Error(later.error.code);
    expect(takeUnsentWork(later.value.cache, testKey, agent), 'what is here is not taken again').toBe(0);
    expect(outboxOf(later.value.cache)).toEqual(was);
    later.value.cache.database.close();
  }));

test('P2 unsent work that was written out is taken into a cache that has none of it', () =>
  inFolder((folder) => {
    const before = openTestCache(folder);
    const forms = writeForms(before, 3);
    before.database.write((writes) => writes.run(`PRAGMA user_version = ${migrations.length + 1}`));
    before.database.close();
    open(folder);
    for (const name of readdirSync(folder).filter((one) => one.startsWith('cache.db'))) rmSync(join(folder, name));
    const anew = open(folder);
    if (!anew.ok) throw new Error(anew.error.code);
    const { cache } = anew.value;
    expect(takeUnsentWork(cache, testKey, agent)).toBe(6);
    for (const id of forms) expect(cache.database.read((reads) => readForm(reads, id))?.notes).toHaveLength(1);
    expect(takeUnsentWork(cache, testKey, agent)).toBe(0);
    cache.database.close();
  }));

test('P2 a cut file is repaired, an empty one begun', () =>
  inFolder((folder) => {
    const before = openTestCache(folder);
    writeForms(before, 20);
    keepSpare(before, testKey).stop();
    before.database.close();
    truncateSync(join(folder, 'cache.db'), 10_000);
    const { cache, taken } = repaired(folder);
    expect(taken).toBe(40);
    cache.database.close();
  }));

/** A file system of its own for the time of `work`; needs root, as the tests' machine has it. */
const onTmpfs = (size: string, work: (folder: string, remount: (how: string) => void) => void) =>
  inFolder((parent) => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', parent]);
    try {
      work(join(parent, '1001'), (how) => execFileSync('mount', ['-o', `remount,${how}`, parent]));
    } finally {
      execFileSync('umount', [parent]);
    }
  });

test('P2 with the disk full, or only to be read, the cache is refused in those words and nothing of it is lost', () =>
  onTmpfs('30m', (folder, remount) => {
    const before = openTestCache(folder);
    writeForms(before, 20);
    const was = outboxOf(before);
    before.database.close();
    const size = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    remount(`size=${Math.ceil(size / pageBytes) * pageBytes}`);
    expect(open(folder)).toEqual({ ok: false, error: { code: 'disk-full' } });
    remount('size=30m');
    remount('ro');
    expect(open(folder)).toEqual({ ok: false, error: { code: 'read-only' } });
    remount('rw');
    const after = openTestCache(folder);
    expect(outboxOf(after)).toEqual(was);
    after.database.close();
  }));
