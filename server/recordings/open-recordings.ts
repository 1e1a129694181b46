import type { Kysely } from 'kysely';
import type { Service } from '../../domain/access/services.ts';
import type { Log, Timers } from '../floor/parts.ts';
import type { AttachmentStore } from '../records/attachment-store.ts';
import { keepRecording, pruneRecordings } from '../records/recordings.ts';
import type { Tables } from '../records/tables.ts';
import type { TelephonyPort } from '../telephony/port.ts';
import { openRecordingSpool, type RecordingSpool } from './recording-spool.ts';
import { createTalkRecorder, type TalkRecorder } from './talk-recorder.ts';

/** The recording of calls, from the talk to the end of its keeping. */
export interface Recordings extends TalkRecorder, Pick<RecordingSpool, 'recover' | 'retry'> {
  /** Lets go what has been kept for long enough. */
  readonly prune: () => Promise<void>;
}

export interface RecordingsParts {
  /** Where recordings lie while they are made. */
  readonly folder: string;
  readonly db: Kysely<Tables>;
  readonly store: AttachmentStore;
  readonly port: TelephonyPort;
  readonly services: readonly Service[];
  /** 0: for ever. */
  readonly keepDays: number;
  readonly clock: () => number;
  readonly timers: Timers;
  /** UUIDs. */
  readonly newId: () => string;
  readonly log: Log;
}

const dayMs = 24 * 3_600_000;

export const openRecordings = (parts: RecordingsParts): Recordings => {
  const { folder, clock, newId, log, keepDays } = parts;
  const spool = openRecordingSpool({
    folder,
    keep: (recording, wav) => keepRecording(parts, recording, wav),
    clock,
    newId,
    log,
  });
  return {
    ...createTalkRecorder({ ...parts, spool }),
    recover: spool.recover,
    retry: spool.retry,
    prune: async () => {
      if (keepDays === 0) return;
      const pruned = await pruneRecordings(parts, clock() - keepDays * dayMs, clock());
      if (pruned > 0) log.info({ pruned }, 'recordings were deleted for their age');
    },
  };
};
