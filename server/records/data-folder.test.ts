import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTokenKey, takeDataFolder } from './data-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-folder-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('one server at a time works in a folder, by whatever path it is named', async () => {
  const first = await takeDataFolder(join(folder, 'data'));
  await expect(takeDataFolder(join(folder, '.', 'data'))).rejects.toThrow('another server works in');
  await first.release();
  await (await takeDataFolder(join(folder, 'data'))).release();
});

test('the key for tokens is made once, for the server alone, and a broken one is not used', async () => {
  const key = await readTokenKey(folder);
  expect(await readTokenKey(folder)).toEqual(key);
  const file = join(folder, 'access-token.key');
  expect((await stat(file)).mode & 0o077).toBe(0);
  await writeFile(file, (await readFile(file)).subarray(1));
  await expect(readTokenKey(folder)).rejects.toThrow('does not hold a key');
});
