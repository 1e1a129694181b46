import { createReadStream } from 'node:fs';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Recording } from '../../contract/http.ts';
import type { Service } from '../../domain/access/services.ts';
import { contactIdsOf } from '../../domain/forms/contact-ids.ts';
import { type AttachmentStore, hashOfFile } from './attachment-store.ts';
import type { Tables } from './tables.ts';

/** A recorded part of a talk, as it is to be kept. */
export interface KeptRecording {
  readonly id: string;
  readonly contact: string;
  readonly seat: string;
  readonly service: Service;
  readonly caller: string;
  /** Server time in ms. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly ms: number;
  readonly complete: boolean;
}

/** Bytes first, then the row; the same id twice is kept once. */
export const keepRecording = async (
  { db, store }: { readonly db: Kysely<Tables>; readonly store: Pick<AttachmentStore, 'keep'> },
  { startedAt, endedAt, ...kept }: KeptRecording,
  wav: string,
): Promise<void> => {
  const sha256 = await hashOfFile(wav);
  const stored = await store.keep(sha256, createReadStream(wav));
  if (!stored.ok) throw new Error(`a recording was refused: ${stored.error}`);
  await db
    .insertInto('recordings')
    .values({ ...kept, started_at: startedAt, ended_at: endedAt, sha256, size: stored.value, pruned_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

interface RecordingsParts {
  readonly db: Kysely<Tables>;
  readonly store: Pick<AttachmentStore, 'sizeOf'>;
}

/** In the order they were spoken, pruned ones too. */
export const recordingsOfContacts = async (
  { db, store }: RecordingsParts,
  contacts: readonly string[],
): Promise<readonly Recording[]> => {
  if (contacts.length === 0) return [];
  const rows = await db
    .selectFrom('recordings')
    .selectAll()
    .where('contact', 'in', contacts)
    .orderBy('started_at')
    .orderBy('id')
    .execute();
  return Promise.all(
    rows.map(async (row) => recordingOf({ ...row, size: row.size ?? (await measure({ db, store }, row)) })),
  );
};

/** Of one that was kept before sizes were; null: its sound is gone. */
const measure = async (
  { db, store }: RecordingsParts,
  { id, sha256, pruned_at }: Selectable<Tables['recordings']>,
): Promise<number | null> => {
  const size = pruned_at === null ? await store.sizeOf(sha256) : undefined;
  if (size === undefined) return null;
  await db.updateTable('recordings').set({ size }).where('id', '=', id).execute();
  return size;
};

/** Of all calls that a form came from or was worked in. */
export const recordingsOfForm = async (parts: RecordingsParts, form: string): Promise<readonly Recording[]> => {
  const row = await parts.db.selectFrom('forms').select('form').where('id', '=', form).executeTakeFirst();
  return row ? recordingsOfContacts(parts, contactIdsOf(row.form)) : [];
};

/** Undefined where there is none, or its bytes are gone. */
export const findPlayable = (
  db: Kysely<Tables>,
  id: string,
): Promise<{ readonly contact: string; readonly sha256: string } | undefined> =>
  db
    .selectFrom('recordings')
    .select(['contact', 'sha256'])
    .where('id', '=', id)
    .where('pruned_at', 'is', null)
    .executeTakeFirst();

export const isRecording = async (db: Kysely<Tables>, sha256: string): Promise<boolean> =>
  (await db
    .selectFrom('recordings')
    .select('id')
    .where('sha256', '=', sha256)
    .where('pruned_at', 'is', null)
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** So many a run, that it never holds up the records for long. */
const prunedAtOnce = 500;

/**
 * Lets the bytes go of recordings that ended before `before`, unless they are also an attachment's or a message's; the
 * rows stay. Bytes first: what a kill leaves between is pruned by the next run.
 */
export const pruneRecordings = async (
  { db, store }: { readonly db: Kysely<Tables>; readonly store: Pick<AttachmentStore, 'remove'> },
  before: number,
  now: number,
): Promise<number> => {
  const due = await db
    .selectFrom('recordings')
    .select(['id', 'sha256'])
    .where('pruned_at', 'is', null)
    .where('ended_at', '<', before)
    .orderBy('ended_at')
    .limit(prunedAtOnce)
    .execute();
  for (const { id, sha256 } of due) {
    if (!(await isNeeded(db, id, sha256))) await store.remove(sha256);
    await db.updateTable('recordings').set({ pruned_at: now }).where('id', '=', id).execute();
  }
  return due.length;
};

const isNeeded = async (db: Kysely<Tables>, id: string, sha256: string): Promise<boolean> => {
  const { rows } = await sql<{ readonly needed: boolean }>`select
    exists (select from recordings where sha256 = ${sha256} and pruned_at is null and id <> ${id})
    or exists (select from attachments where sha256 = ${sha256})
    or exists (select from forms where inbox = 'recording' and position(${sha256} in form::text) > 0)
    as needed`.execute(db);
  return rows[0]?.needed ?? true;
};

const recordingOf = (row: Selectable<Tables['recordings']>): Recording => ({
  id: row.id,
  contactId: row.contact,
  seat: row.seat,
  service: row.service,
  caller: row.caller,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  ms: row.ms,
  complete: row.complete,
  sha256: row.sha256,
  size: row.size,
  prunedAt: row.pruned_at,
});
