import { v4 as uuidV4 } from 'uuid';
import { z } from 'zod';
import { routes } from '../../contract/http.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import type { Database, Reads, Writes } from '../cache/database.ts';
import { isDiskFull } from '../cache/disk-full.ts';
import { readMeta } from '../cache/meta.ts';
import type { Api, ApiFailure } from '../sync/api.ts';
import { authorized } from '../sync/authorized.ts';
import type { TokenKeeper } from '../sync/token-keeper.ts';

/** The notes of who heard which recording when: told to the centre's audit at once, or kept until it is reached. */
export interface Playings {
  /** Before a sample is heard. `not-audited`: no note can be kept that would ever reach the audit. */
  readonly begin: (
    recording: string,
  ) => Promise<Result<undefined, { readonly code: 'not-allowed' | 'deleted' | 'not-audited' }>>;
  /** Tells what waits. */
  readonly send: (isStopped: () => boolean) => Promise<void>;
}

const playingRow = z.object({ id: z.string(), recording: z.string(), at: z.int() });
type Playing = z.output<typeof playingRow>;

/** A desk that has not reached the centre for longer plays nothing: its notes may never arrive. */
const longestAloneMs = 7 * 24 * 3_600_000;
/** As many as anybody hears in a week. */
const mostWaiting = 1_000;

export const waitingPlayings = (reads: Reads): readonly Playing[] =>
  reads.all(playingRow, 'SELECT id, recording, at FROM playings ORDER BY at, id');

const keep = (writes: Writes, { id, recording, at }: Playing): void =>
  writes.run('INSERT INTO playings (id, recording, at) VALUES (?, ?, ?)', id, recording, at);

export const createPlayings = (parts: {
  readonly database: Database;
  readonly api: Pick<Api, 'call'>;
  readonly tokens: TokenKeeper;
  /** The desk's own clock. */
  readonly now: () => number;
}): Playings => {
  const { database, api, tokens, now } = parts;
  const tell = ({ id, recording, at }: Playing, offline: boolean): Promise<Result<unknown, ApiFailure>> =>
    authorized(tokens, (accessToken) =>
      api.call(routes.notePlaying, { body: { playing: id, recording, at, offline }, accessToken }),
    );

  const keepForLater = (playing: Playing): boolean => {
    const { last_contact_at: lastContact } = database.read(readMeta);
    if (lastContact === null || now() - lastContact > longestAloneMs) return false;
    if (database.read(waitingPlayings).length >= mostWaiting) return false;
    try {
      database.write((writes) => keep(writes, playing));
      return true;
    } catch (error) {
      if (isDiskFull(error)) return false;
      throw error;
    }
  };

  return {
    begin: async (recording) => {
      const at = now() + database.read(readMeta).clock_offset_ms;
      const playing = { id: uuidV4(), recording, at };
      const told = await tell(playing, false);
      if (told.ok) return ok(undefined);
      switch (told.error.code) {
        case 'not-allowed':
          return refused({ code: 'not-allowed' });
        case 'not-found':
          return refused({ code: 'deleted' });
        default:
          return keepForLater(playing) ? ok(undefined) : refused({ code: 'not-audited' });
      }
    },
    send: async (isStopped) => {
      for (const playing of database.read(waitingPlayings)) {
        const told = await tell(playing, true);
        if (isStopped()) return;
        // Of a recording that never was there is nothing to audit.
        if (!told.ok && told.error.code !== 'not-found') return;
        database.write((writes) => writes.run('DELETE FROM playings WHERE id = ?', playing.id));
      }
    },
  };
};
