import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inFolder } from '../../electron/cache/testing/cache-with-desk.ts';
import { uploadFile } from '../../electron/files/upload-file.ts';
import { startTestCentre, type TestCentre } from '../../server/api/app.fixture.ts';
import { type CuttingProxy, openCuttingProxy } from '../stage/cutting-proxy.ts';
import { openFileDesk } from './desk-at-centre.ts';

let centre: TestCentre;
let accessToken: string;
beforeAll(async () => {
  centre = await startTestCentre();
  accessToken = (await centre.signIn('1001')).tokens.accessToken;
}, 60_000);
afterAll(() => centre?.stop());

let line: CuttingProxy;
beforeEach(async () => {
  line = await openCuttingProxy(centre.port);
  return () => line.close();
});

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const atCentre = async (sha256: string): Promise<Buffer | undefined> => {
  const found = await centre.store.read(sha256);
  return found && Buffer.concat(await found.bytes.toArray());
};
const putAtCentre = async (bytes: Buffer): Promise<string> => {
  const sha256 = hashOf(bytes);
  expect((await centre.store.keep(sha256, Readable.from([bytes]))).ok).toBe(true);
  return sha256;
};

/** A small generator of its own (Lehmer), so that a failing cut can be had again. */
const seeded = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};
const size = 6_000_001;

test('P2 a file goes up over a line that is cut at any byte, from where it broke off, and is verified', () =>
  inFolder(async (folder) => {
    const random = seeded(20_261_124);
    const desk = openFileDesk({ folder, server: line.url, accessToken });
    const bytes = randomBytes(size);
    const sha256 = desk.files.keep(new Uint8Array(bytes));
    const cuts = [0, 1, 50, 700, ...Array.from({ length: 20 }, () => Math.floor(random() * 700_000))];
    line.cuts.push(...cuts);
    let tries = 0;
    while (!(await uploadFile({ ...desk, files: desk.cache.files }, sha256)).ok) {
      tries += 1;
      expect(tries).toBeLessThan(30);
    }
    expect((await atCentre(sha256))?.equals(bytes)).toBe(true);
    // What had arrived was not sent again, but for what lay in the buffers of a connection when it was cut.
    expect(line.passed.up).toBeLessThan(size + cuts.length * 80_000);
    console.log(`${line.passed.up} bytes went up for a file of ${size}, with ${cuts.length} cuts`);
    desk.cache.database.close();
  }));

test('P2 a file comes down over a line that is cut at any byte, from where it broke off, and is verified', () =>
  inFolder(async (folder) => {
    const random = seeded(1_000);
    const desk = openFileDesk({ folder, server: line.url, accessToken });
    const bytes = randomBytes(size);
    const sha256 = await putAtCentre(bytes);
    const cuts = [0, 1, 50, 700, ...Array.from({ length: 20 }, () => Math.floor(random() * 700_000))];
    line.cuts.push(...cuts);
    for (let tries = 0; ; tries += 1) {
      expect(tries).toBeLessThan(30);
      const opened = await desk.files.openAttachment(sha256);
      if (opened.ok) {
        expect(Buffer.from(opened.value).equals(bytes)).toBe(true);
        break;
      }
      expect(opened.error.code).toBe('unreachable');
      expect(desk.cache.files.read(sha256)).toBeUndefined();
    }
    // Each try asks once from the first byte, to learn the size, and lets go.
    expect(line.passed.down).toBeLessThan(size + cuts.length * 300_000);
    console.log(`${line.passed.down} bytes came down for a file of ${size}, with ${cuts.length} cuts`);
    desk.cache.database.close();
  }));

test('P2 a desk killed in the middle of a file goes on behind what it had', () =>
  inFolder(async (folder) => {
    const slow = await openCuttingProxy(centre.port, 15);
    const bytes = randomBytes(size);
    const sha256 = await putAtCentre(bytes);
    const worker = join(import.meta.dirname, 'fetch-until-killed.ts');
    const begin = () =>
      spawn(process.execPath, [worker, folder, slow.url, accessToken, sha256], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
    const told: number[][] = [];
    for (const killAt of [500_000, 2_000_000, 3_500_000]) {
      const child = begin();
      const run: number[] = [];
      told.push(run);
      child.stdout.on('data', (chunk) => {
        run.push(
          ...String(chunk)
            .split('\n')
            .map(Number)
            .filter((have) => have > 0),
        );
        if ((run.at(-1) ?? 0) > killAt) child.kill('SIGKILL');
      });
      await once(child, 'close');
      expect(child.signalCode).toBe('SIGKILL');
    }
    const child = begin();
    let last = '';
    child.stdout.on('data', (chunk) => {
      last += String(chunk);
    });
    await once(child, 'close');
    expect(last.endsWith('whole\n')).toBe(true);
    // Each run begins less than a chunk of the store behind where the one before was killed.
    for (const [index, run] of told.slice(1).entries())
      expect(run[0] ?? 0).toBeGreaterThan((told[index]?.at(-1) ?? 0) - 256 * 1024 - 64 * 1024);
    const { cache } = openFileDesk({ folder, server: line.url, accessToken });
    expect(hashOf(cache.files.read(sha256) ?? new Uint8Array())).toBe(sha256);
    cache.database.close();
    await slow.close();
  }));

test('P2 other bytes than the name says are told as damaged, and nothing of them is kept', () =>
  inFolder(async (folder) => {
    const desk = openFileDesk({ folder, server: line.url, accessToken });
    const bytes = randomBytes(300_000);
    const sha256 = await putAtCentre(bytes);
    // What a failing disk does at the centre: the same length, one bit turned.
    const spoiled = Buffer.from(bytes);
    spoiled.writeUInt8(spoiled.readUInt8(200_000) ^ 1, 200_000);
    writeFileSync(centre.fileOf(sha256), spoiled);
    expect(await desk.files.openAttachment(sha256)).toEqual({ ok: false, error: { code: 'damaged' } });
    expect(desk.cache.files.read(sha256)).toBeUndefined();
    expect(filesIn(join(folder, 'files'))).toEqual([]);
    writeFileSync(centre.fileOf(sha256), bytes);
    expect((await desk.files.openAttachment(sha256)).ok).toBe(true);
    desk.cache.database.close();
  }));

test('P2 of two desks that send the same file at once each brings its own to the end', () =>
  inFolder((one) =>
    inFolder(async (other) => {
      const bytes = randomBytes(size);
      const second = (await centre.signIn('2001')).tokens.accessToken;
      const desks = [
        openFileDesk({ folder: one, server: line.url, accessToken }),
        openFileDesk({ folder: other, server: line.url, accessToken: second }),
      ];
      line.cuts.push(400_000, 900_000, 1_100_000);
      const sha256 = hashOf(bytes);
      const sent = desks.map(async (desk) => {
        desk.files.keep(new Uint8Array(bytes));
        return uploadFile({ ...desk, files: desk.cache.files }, sha256);
      });
      expect(await Promise.all(sent)).toEqual([
        { ok: true, value: undefined },
        { ok: true, value: undefined },
      ]);
      expect((await atCentre(sha256))?.equals(bytes)).toBe(true);
      for (const { cache } of desks) cache.database.close();
    }),
  ));

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
