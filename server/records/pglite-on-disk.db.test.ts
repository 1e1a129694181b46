import { fsyncSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPgliteOnDisk } from './pglite-on-disk.ts';

test('P2 a power cut takes nothing: every commit is synced to the disk before it returns', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'zuoxi-records-'));
  let synced = 0;
  const pglite = await openPgliteOnDisk(join(folder, 'records'), (fileDescriptor) => {
    synced += 1;
    fsyncSync(fileDescriptor);
  });
  await pglite.exec('create table t (n integer)');
  for (let n = 0; n < 10; n += 1) {
    const before = synced;
    await pglite.query('insert into t values ($1)', [n]);
    expect(synced).toBeGreaterThan(before);
  }
  const before = synced;
  await pglite.query('select count(*) from t');
  expect(synced).toBe(before);
  await pglite.close();
  await rm(folder, { recursive: true });
}, 60_000);
