import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Database, openDatabase } from '../cache/database.ts';
import { migrate } from '../cache/migrate.ts';
import { migrations } from '../cache/migrations.ts';
import { openCache } from '../cache/open-cache.ts';
import { agent, author, inFolder, openTestCache, testKey } from '../cache/testing/cache-with-desk.ts';
import { openForm, performAction } from '../cache/work-form.ts';
import { cacheFileIn } from './cache-file.ts';

const secret = '机密的投诉内容 secret complaint 13800001234';
const notes = 40;

/** As the desks of before wrote it, whole files of it in a log that was never folded in. */
const writePlainCache = (folder: string, forms: number): Database => {
  mkdirSync(folder, { recursive: true });
  const database = openDatabase(join(folder, 'cache.db'), 'plain');
  migrate(database, migrations);
  database.write((writes) => {
    writes.run(
      'INSERT INTO meta (id, device, desk_number, person) VALUES (1, ?, 17, ?)',
      crypto.randomUUID(),
      JSON.stringify(agent),
    );
    writes.run('UPDATE meta SET form_index_version = 1');
  });
  for (let at = 0; at < forms; at += 1) {
    database.write((writes) => {
      const opened = openForm(writes, author(), { contactNumber: '13800001234', text: secret });
      if (!opened.ok) throw new Error(opened.error.code);
      const payload = { text: secret.repeat(notes) };
      performAction(writes, author(), { form: opened.value.id, kind: 'form.note', payload });
    });
  }
  return database;
};

/** Every row of every table, also of those behind the text indexes. */
const contents = (database: Database): unknown =>
  database.read((reads) =>
    reads
      .all(
        z.object({ name: z.string() }),
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name",
      )
      .map(({ name }) => [name, reads.all(z.record(z.string(), z.unknown()), `SELECT * FROM "${name}"`)]),
  );

const readAs = (folder: string, key: Uint8Array | 'plain'): unknown => {
  const database = openDatabase(join(folder, 'cache.db'), key);
  try {
    return contents(database);
  } finally {
    database.close();
  }
};

const filesWithSecret = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name);
    return statSync(path).isFile() && readFileSync(path).includes('secret complaint');
  });

test('P2 a plain cache is encrypted at its first opening, searched as before, and nothing of it can be read on the disk', () =>
  inFolder((folder) => {
    const plain = writePlainCache(folder, 30);
    const before = contents(plain);
    plain.close();
    mkdirSync(join(folder, 'attachments/ab'), { recursive: true });
    const scan = Buffer.from(secret);
    const sha256 = 'a6ab0d2c1d6b1c2a3bf9c5f3d2e71b4e5a0cf7b6ad3a4e1a3d1b62a4e9c0de11';
    writeFileSync(join(folder, 'attachments/ab', sha256), scan);
    writeFileSync(join(folder, 'attachments/ab/half.part'), scan);
    expect(filesWithSecret(folder).length).toBeGreaterThanOrEqual(3);

    const cache = openTestCache(folder);
    expect(contents(cache.database)).toEqual(before);
    const found = cache.database.read((reads) =>
      reads.all(z.object({ n: z.int() }), 'SELECT count(*) AS n FROM form_search WHERE form_search MATCH \'"机密"\''),
    );
    expect(found).toEqual([{ n: 30 }]);
    cache.database.close();
    expect(filesWithSecret(folder)).toEqual([]);
    expect(existsSync(join(folder, 'attachments'))).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['cache.db', 'files']);
  }));

test('P2 the log of a plain cache that was killed is taken along', () =>
  inFolder(async (parent) => {
    const folder = join(parent, 'killed');
    const copy = join(parent, 'copy');
    const plain = writePlainCache(folder, 3);
    const before = contents(plain);
    // As the disk would be found after a kill: the log beside the file.
    cpSync(folder, copy, { recursive: true });
    plain.close();
    expect(existsSync(join(copy, 'cache.db-wal'))).toBe(true);
    // Other names of the same blocks on the disk.
    const blocks = ['cache.db', 'cache.db-wal'].map((name) => join(parent, `blocks-of-${name}`));
    linkSync(join(copy, 'cache.db'), blocks[0] ?? '');
    linkSync(join(copy, 'cache.db-wal'), blocks[1] ?? '');
    expect(blocks.some((path) => readFileSync(path).includes('secret complaint'))).toBe(true);
    const opened = openCache(copy, testKey);
    if (!opened.ok) throw new Error(opened.error.code);
    expect(contents(opened.value.database)).toEqual(before);
    opened.value.database.close();
    expect(filesWithSecret(copy)).toEqual([]);
    for (const path of blocks) expect(readFileSync(path).every((byte) => byte === 0)).toBe(true);
  }));

test(
  'P2 killed at any instant of the encryption the cache is whole, the old one or the new one',
  () =>
    inFolder(async (parent) => {
      const source = join(parent, 'source');
      const plain = writePlainCache(source, 600);
      const before = contents(plain);
      plain.close();
      const wholeMs = await encryptUntilKilled(copied(source, join(parent, 'whole')), undefined);
      const found = { plain: 0, encrypted: 0 };
      for (let round = 0; round < 16; round += 1) {
        const folder = copied(source, join(parent, `round-${round}`));
        await encryptUntilKilled(folder, (wholeMs * (round + 0.5)) / 16);
        const state = cacheFileIn(folder);
        if (state === 'absent') throw new Error('neither the old cache nor the new one is there');
        found[state] += 1;
        // Looked at in a copy: looking must not help the opening that follows.
        const looked = copied(folder, join(parent, `looked-${round}`));
        expect(readAs(looked, state === 'plain' ? 'plain' : testKey)).toEqual(before);
        const again = openTestCache(folder);
        expect(contents(again.database)).toEqual(before);
        again.database.close();
        expect(filesWithSecret(folder)).toEqual([]);
        expect(readdirSync(folder).sort()).toEqual(['cache.db']);
      }
      console.log(`killed within ${Math.round(wholeMs)} ms: ${JSON.stringify(found)}`);
      expect(found.plain).toBeGreaterThan(0);
    }),
  120_000,
);

const copied = (from: string, to: string): string => {
  cpSync(from, to, { recursive: true });
  return to;
};

/** How long it ran from its beginning, in ms. */
const encryptUntilKilled = async (folder: string, afterMs: number | undefined): Promise<number> => {
  const worker = join(import.meta.dirname, 'testing/encrypt-until-killed.ts');
  const child = spawn(process.execPath, [worker, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let beganAt = 0;
  child.stdout.once('data', () => {
    beganAt = performance.now();
    if (afterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), afterMs);
  });
  await once(child, 'close');
  return performance.now() - beganAt;
};
