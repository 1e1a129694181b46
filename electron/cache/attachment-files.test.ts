import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAttachmentFiles } from './attachment-files.ts';
import { inFolder } from './testing/cache-with-desk.ts';

test('A9 a recording once fetched is read again without the network, byte for byte', () =>
  inFolder((folder) => {
    const wav = new Uint8Array(randomBytes(2_400_000));
    const sha256 = createAttachmentFiles(folder).keep(wav);
    const read = createAttachmentFiles(folder).read(sha256);
    expect(Buffer.from(read ?? []).equals(wav)).toBe(true);
    expect(createAttachmentFiles(folder).read('0'.repeat(64))).toBeUndefined();
    expect(createAttachmentFiles(folder).read('../../etc/passwd')).toBeUndefined();
  }));

test('A9 what the disk has spoiled is not played, and is whole again once fetched anew', () =>
  inFolder((folder) => {
    const files = createAttachmentFiles(folder);
    const wav = new Uint8Array(randomBytes(1_000));
    const sha256 = files.keep(wav);
    writeFileSync(join(folder, sha256.slice(0, 2), sha256), wav.subarray(0, 999));
    expect(files.read(sha256)).toBeUndefined();
    expect(files.keep(wav)).toBe(sha256);
    expect(files.read(sha256)).toEqual(wav);
  }));
