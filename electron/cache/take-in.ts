import { z } from 'zod';
import type { Change, PushResult } from '../../contract/sync.ts';
import type { Author } from '../../domain/forms/procedure/author.ts';
import type { Writes } from './database.ts';
import { rebaseForm } from './form-views.ts';
import { acknowledge, reject } from './outbox.ts';

/** Takes the centre's answers to pushed operations; returns the forms whose view may have changed. */
export const takePushResults = (
  writes: Writes,
  results: readonly PushResult[],
  formOf: ReadonlyMap<string, string>,
  author: Author,
): ReadonlySet<string> => {
  const touched = new Set<string>();
  for (const result of results) {
    if (result.outcome === 'rejected') reject(writes, result.id, result.refusal);
    else if (result.outcome !== 'postponed') acknowledge(writes, result.id);
    const form = formOf.get(result.id);
    if (form) touched.add(form);
  }
  for (const form of touched) rebaseForm(writes, form, author);
  return touched;
};

/** Takes changes of the centre in with the cursor they lead to, or neither. */
export const takeChanges = (
  writes: Writes,
  pulled: { readonly changes: readonly Change[]; readonly cursor: number },
  author: Author,
): ReadonlySet<string> => {
  const touched = new Set<string>();
  for (const { cursor, form } of pulled.changes) {
    writes.run(
      `INSERT INTO server_forms (id, cursor, round, form) VALUES (?, ?, 0, ?)
       ON CONFLICT (id) DO UPDATE SET cursor = excluded.cursor, form = excluded.form
       WHERE excluded.cursor > server_forms.cursor`,
      ...[form.id, cursor, JSON.stringify(form)],
    );
    touched.add(form.id);
  }
  for (const form of touched) rebaseForm(writes, form, author);
  writes.run('UPDATE meta SET cursor = ?', pulled.cursor);
  return touched;
};

/** What every answer of the centre tells about its clock. */
export const takeServerTime = (writes: Writes, times: { readonly server: number; readonly here: number }): void => {
  writes.run('UPDATE meta SET clock_offset_ms = ?, last_contact_at = ?', times.server - times.here, times.here);
};

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
