import { z } from 'zod';
import type { Writes } from './database.ts';

const attachmentRow = z.object({ sha256: z.string() });

export const noteAttachment = (writes: Writes, sha256: string, size: number): void => {
  writes.run('INSERT INTO attachments (sha256, size) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING', sha256, size);
};

export const noteUploaded = (writes: Writes, sha256: string): void => {
  writes.run('UPDATE attachments SET uploaded = 1 WHERE sha256 = ?', sha256);
};

/** Of these, the ones kept here whose bytes the centre does not have yet. */
export const notUploaded = (writes: Writes, hashes: readonly string[]): readonly string[] =>
  hashes.filter(
    (sha256) =>
      writes.first(attachmentRow, 'SELECT sha256 FROM attachments WHERE sha256 = ? AND uploaded = 0', sha256) !==
      undefined,
  );
