import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type AttachmentFiles, chunkBytes, createAttachmentFiles } from './attachment-files.ts';
import { inFolder, testKey } from './testing/cache-with-desk.ts';

const open = (folder: string): AttachmentFiles => createAttachmentFiles(folder, testKey);
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

const theOnlyFile = (folder: string): string => {
  const [found, ...others] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
  if (found === undefined || others.length > 0) throw new Error('not one file');
  return found;
};

test('A9 a recording once fetched is read again without the network, byte for byte, of any length', () =>
  inFolder((folder) => {
    for (const length of [0, 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 2_400_000]) {
      const bytes = random(length);
      const sha256 = open(folder).keep(bytes);
      expect(Buffer.from(open(folder).read(sha256) ?? [1, 2, 3]).equals(bytes)).toBe(true);
    }
    expect(open(folder).read('0'.repeat(64))).toBeUndefined();
    expect(open(folder).read('../../etc/passwd')).toBeUndefined();
  }));

test('A9 what the disk has spoiled is not played, and is whole again once fetched anew', () =>
  inFolder((folder) => {
    const files = open(folder);
    const wav = random(1_000);
    const sha256 = files.keep(wav);
    for (const spoil of [
      (path: string) => truncateSync(path, 999),
      (path: string) => appendFileSync(path, 'x'),
      (path: string) => writeFileSync(path, readFileSync(path).fill(1, 500, 501)),
      (path: string) => writeFileSync(path, wav),
    ]) {
      spoil(theOnlyFile(folder));
      expect(files.read(sha256)).toBeUndefined();
      expect(files.keep(wav)).toBe(sha256);
      expect(files.read(sha256)).toEqual(wav);
    }
  }));

test('P2 on the disk neither the bytes of an attachment nor its hash can be seen, and no other key opens it', () =>
  inFolder((folder) => {
    const text = Buffer.from('宽带一直断线 13800001234 '.repeat(20_000));
    const sha256 = open(folder).keep(text);
    const path = theOnlyFile(folder);
    const onDisk = readFileSync(path);
    expect(text.includes('13800001234')).toBe(true);
    expect(onDisk.includes('13800001234')).toBe(false);
    expect(path).not.toContain(sha256.slice(0, 8));
    expect(createAttachmentFiles(folder, new Uint8Array(32).fill(8)).read(sha256)).toBeUndefined();
  }));

test('P2 a file half fetched goes on at the last whole chunk, also behind a torn end', () =>
  inFolder((folder) => {
    const bytes = random(3 * chunkBytes + 777);
    const sha256 = hashOf(bytes);
    const first = open(folder).openPartial(sha256, bytes.length);
    expect(first.have()).toBe(0);
    first.append(bytes.subarray(0, 10));
    first.append(bytes.subarray(10, 2 * chunkBytes + 5));
    expect(first.have()).toBe(2 * chunkBytes + 5);
    expect(first.finish()).toEqual({ ok: false, error: { code: 'incomplete' } });
    first.close();
    expect(open(folder).read(sha256)).toBeUndefined();

    const part = theOnlyFile(folder);
    appendFileSync(part, random(1_234));
    const second = open(folder).openPartial(sha256, bytes.length);
    expect(second.have()).toBe(2 * chunkBytes);
    second.append(bytes.subarray(second.have()));
    expect(second.finish()).toEqual({ ok: true, value: undefined });
    expect(Buffer.from(open(folder).read(sha256) ?? []).equals(bytes)).toBe(true);
    expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.part'))).toEqual([]);
  }));

test('P2 what was spoiled in a half fetched file is fetched again from there on', () =>
  inFolder((folder) => {
    const bytes = random(3 * chunkBytes);
    const partial = open(folder).openPartial(hashOf(bytes), bytes.length);
    partial.append(bytes);
    partial.close();
    const part = theOnlyFile(folder);
    writeFileSync(part, readFileSync(part).fill(0, chunkBytes + 100, chunkBytes + 200));
    const again = open(folder).openPartial(hashOf(bytes), bytes.length);
    expect(again.have()).toBe(chunkBytes);
    again.append(bytes.subarray(chunkBytes));
    expect(again.finish().ok).toBe(true);
  }));

test('P2 bytes that are not those of their name are not kept', () =>
  inFolder((folder) => {
    const bytes = random(chunkBytes + 10);
    for (const wrong of [random(bytes.length), new Uint8Array([...bytes, 0])]) {
      const partial = open(folder).openPartial(hashOf(bytes), bytes.length);
      partial.append(wrong);
      expect(partial.finish()).toEqual({ ok: false, error: { code: 'damaged' } });
      expect(open(folder).openPartial(hashOf(bytes), bytes.length).have()).toBe(0);
      expect(open(folder).read(hashOf(bytes))).toBeUndefined();
    }
  }));
