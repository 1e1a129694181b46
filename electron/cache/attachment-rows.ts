import { z } from 'zod';
import type { Reads, Writes } from './database.ts';

const attachmentRow = z.object({ sha256: z.string() });

export const noteAttachment = (writes: Writes, sha256: string, size: number): void => {
  writes.run('INSERT INTO attachments (sha256, size) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING', sha256, size);
};

export const noteUploaded = (writes: Writes, sha256: string): void => {
  writes.run('UPDATE attachments SET uploaded = 1 WHERE sha256 = ?', sha256);
};

/** The file never comes up; `code` says why. */
export const noteUploadRefused = (writes: Writes, sha256: string, code: string): void => {
  writes.run('UPDATE attachments SET refusal = ? WHERE sha256 = ?', code, sha256);
};

/** Kept here, and not at the centre yet; the smallest first. */
export const filesToUpload = (reads: Reads): readonly string[] =>
  reads
    .all(attachmentRow, 'SELECT sha256 FROM attachments WHERE uploaded = 0 AND refusal IS NULL ORDER BY size, sha256')
    .map(({ sha256 }) => sha256);
