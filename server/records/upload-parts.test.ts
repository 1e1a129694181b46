import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { beforeEach, expect, test } from 'vitest';
import { type AttachmentStore, openAttachmentStore } from './attachment-store.ts';
import { openUploadParts, type UploadParts } from './upload-parts.ts';

let folder: string;
let store: AttachmentStore;
let uploads: UploadParts;
const open = async (): Promise<void> => {
  store = await openAttachmentStore(folder);
  uploads = await openUploadParts(join(folder, 'parts'), store);
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuoxi-parts-'));
  await open();
  return () => rm(folder, { recursive: true });
});

const li = { staffNumber: '1001', device: randomUUID() };
const bytes = randomBytes(1_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const send = (from: number, to: number, uploader = li, of = { bytes, sha256 }) =>
  uploads.append(
    uploader,
    { sha256: of.sha256, size: of.bytes.length, offset: from },
    Readable.from([of.bytes.subarray(from, to)]),
  );

test('P2 an upload goes on behind what came before the server was started anew', async () => {
  expect(await send(0, 400)).toEqual({ ok: true, value: { have: 400, kept: false } });
  await open();
  expect(await uploads.have(li, sha256)).toBe(400);
  expect(await send(400, 1_000)).toEqual({ ok: true, value: { have: 1_000, kept: true } });
  expect(await store.sizeOf(sha256)).toBe(1_000);
  expect(await uploads.have(li, sha256)).toBe(0);
});

test('P2 bytes that do not follow on what is there are not added, and the answer tells where to go on', async () => {
  await send(0, 400);
  for (const from of [0, 399, 401, 900])
    expect(await send(from, 1_000)).toEqual({ ok: true, value: { have: 400, kept: false } });
  expect(await store.sizeOf(sha256)).toBeUndefined();
});

test('P2 what does not verify at the end is thrown away, and so is more than was said', async () => {
  const other = { bytes: Buffer.from(bytes).fill(0, 500, 501), sha256 };
  expect(other.bytes.equals(bytes)).toBe(false);
  expect(await send(0, 1_000, li, other)).toEqual({ ok: false, error: 'other-bytes' });
  expect(await uploads.have(li, sha256)).toBe(0);
  const longer = Readable.from([bytes, Buffer.from('x')]);
  expect(await uploads.append(li, { sha256, size: 1_000, offset: 0 }, longer)).toEqual({
    ok: false,
    error: 'other-bytes',
  });
  expect(await uploads.have(li, sha256)).toBe(0);
  const tooLarge = { sha256, size: 20 * 1024 * 1024 + 1, offset: 0 };
  expect(await uploads.append(li, tooLarge, Readable.from([]))).toEqual({ ok: false, error: 'too-large' });
  expect(await send(0, 1_000)).toEqual({ ok: true, value: { have: 1_000, kept: true } });
});

test('P2 whoever sends the same file, or says so, spoils nobody else’s upload', async () => {
  const wang = { staffNumber: '1002', device: randomUUID() };
  const liElsewhere = { ...li, device: randomUUID() };
  await send(0, 400);
  await send(0, 700, wang, { bytes: randomBytes(1_000), sha256 });
  await send(0, 100, liElsewhere);
  expect(await send(400, 1_000)).toEqual({ ok: true, value: { have: 1_000, kept: true } });
  expect(await uploads.have(wang, sha256)).toBe(700);
  expect(await send(100, 1_000, liElsewhere)).toEqual({ ok: true, value: { have: 1_000, kept: true } });
});

test('P2 a desk that comes back does not wait for the connection it has lost', async () => {
  const dead = new PassThrough();
  const lost = uploads.append(li, { sha256, size: 1_000, offset: 0 }, dead);
  dead.write(bytes.subarray(0, 300));
  await expect.poll(() => uploads.have(li, sha256)).toBe(300);
  expect(await send(300, 1_000)).toEqual({ ok: true, value: { have: 1_000, kept: true } });
  expect(await lost).toEqual({ ok: true, value: { have: 300, kept: false } });
});

test('P2 uploads nobody went on with are let go, and one person has so many and no more', async () => {
  const files = Array.from({ length: 20 }, () => randomBytes(10));
  for (const [index, file] of files.entries()) {
    const name = createHash('sha256').update(file).digest('hex');
    await send(0, 5, li, { bytes: file, sha256: name });
    await utimes(join(folder, 'parts', '1001', `${name}.${li.device}`), 1_000 + index, 1_000 + index);
  }
  const left = async () => {
    const have = await Promise.all(
      files.map((file) => uploads.have(li, createHash('sha256').update(file).digest('hex'))),
    );
    return have.filter((one) => one > 0).length;
  };
  expect(await left()).toBe(16);
  expect(await uploads.prune(1_010_000)).toBe(6);
  expect(await left()).toBe(10);
});
