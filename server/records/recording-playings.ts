import type { Kysely } from 'kysely';
import { writeAudit } from './audit.ts';
import type { Tables } from './tables.ts';

export interface Playing {
  readonly id: string;
  readonly recording: string;
  /** Server time in ms, as the desk knew it. */
  readonly at: number;
  readonly by: string;
  readonly offline: boolean;
  /** By the rights they have now; of what was heard offline the audit tells even so. */
  readonly allowed: boolean;
}

/** Puts a playing into the audit, once by its id. False: there is no such recording. */
export const keepPlaying = (db: Kysely<Tables>, playing: Playing, now: number): Promise<boolean> =>
  db.transaction().execute(async (transaction) => {
    const played = await transaction
      .selectFrom('recordings')
      .select(['contact', 'sha256'])
      .where('id', '=', playing.recording)
      .executeTakeFirst();
    if (!played) return false;
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('recording_playings')
      .values({ id: playing.id, recording: playing.recording, noted_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) return true;
    const { offline, allowed, id } = playing;
    await writeAudit(transaction, {
      at: playing.at,
      actor: playing.by,
      action: 'recording-played',
      subject: playing.recording,
      details: { ...played, playing: id, offline, allowed, notedAt: now },
    });
    return true;
  });
