import { z } from 'zod';
import { type Recording, recording as recordingShape } from '../../contract/http.ts';
import type { Reads, Writes } from '../cache/database.ts';
import { jsonOf } from '../cache/json-column.ts';

const recordingRow = z.object({ recording: jsonOf(recordingShape) });
const listRow = z.object({ form: z.string() });
const fileRow = z.object({ sha256: z.string() });

/** What the centre tells of a form's talks, in the order they were spoken. */
export const keepList = (writes: Writes, form: string, list: readonly Recording[], now: number): void => {
  forgetList(writes, form);
  for (const [place, one] of list.entries())
    writes.run(
      'INSERT INTO recordings (form, place, id, sha256, recording) VALUES (?, ?, ?, ?, ?)',
      ...[form, place, one.id, one.sha256, JSON.stringify(one)],
    );
  writes.run('INSERT INTO recording_lists (form, heard_at) VALUES (?, ?)', form, now);
};

export const forgetList = (writes: Writes, form: string): void => {
  writes.run('DELETE FROM recordings WHERE form = ?', form);
  writes.run('DELETE FROM recording_lists WHERE form = ?', form);
};

/** Undefined: the centre has not told yet. */
export const readList = (reads: Reads, form: string): readonly Recording[] | undefined =>
  reads.first(listRow, 'SELECT form FROM recording_lists WHERE form = ?', form) &&
  reads.all(recordingRow, 'SELECT recording FROM recordings WHERE form = ? ORDER BY place', form).map(asRecording);

export const findRecording = (reads: Reads, id: string): Recording | undefined =>
  reads.first(recordingRow, 'SELECT recording FROM recordings WHERE id = ?', id)?.recording;

/** Whether these bytes are a talk, which nobody gets but by way of the audit. */
export const isRecording = (reads: Reads, sha256: string): boolean =>
  reads.first(fileRow, 'SELECT sha256 FROM recordings WHERE sha256 = ? LIMIT 1', sha256) !== undefined;

/** Forms with sound at this desk of which the centre has told nothing since; the longest ago first. */
export const listsToAskAgain = (reads: Reads, before: number, limit: number): readonly string[] =>
  reads
    .all(
      listRow,
      `SELECT form FROM recording_lists WHERE heard_at < ? AND EXISTS (
         SELECT 1 FROM recordings JOIN kept_files USING (sha256) WHERE recordings.form = recording_lists.form
       ) ORDER BY heard_at LIMIT ?`,
      ...[before, limit],
    )
    .map(({ form }) => form);

const asRecording = ({ recording }: { readonly recording: Recording }): Recording => recording;
