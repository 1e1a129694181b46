import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { services } from '../../domain/access/services.ts';
import { measureWav, mendWav } from '../access/mend-wav.ts';
import type { Log } from '../floor/parts.ts';
import type { KeptRecording } from '../records/recordings.ts';

/**
 * Recordings on their way to the records, each in a folder of its own:
 *
 *   <id>/recording.json    whose talk it is, when it ended
 *   <id>/talk.wav          written while they speak
 *
 * The folder goes when the records have the recording. A server that was killed finds it again and files it as not
 * complete; by its id the records take it once.
 */
const sidecar = z.strictObject({
  id: z.uuid(),
  contact: z.string(),
  seat: z.string(),
  service: z.enum(services),
  caller: z.string(),
  startedAt: z.int(),
  ended: z.strictObject({ at: z.int(), complete: z.boolean() }).nullable(),
});
type Sidecar = z.infer<typeof sidecar>;
type Ended = Sidecar & { readonly ended: NonNullable<Sidecar['ended']> };

export interface RecordingSpool {
  readonly begin: (talk: Pick<Sidecar, 'contact' | 'seat' | 'service' | 'caller'>) => SpooledRecording;
  /** Files what an earlier run of the server left; to be called before callers come. */
  readonly recover: () => Promise<void>;
  /** Files what could not be filed before. */
  readonly retry: () => Promise<void>;
}

export interface SpooledRecording {
  readonly wav: string;
  /** To be called when nothing is written any more. What the records refuse is filed by a later `retry`. */
  readonly file: (ended: Ended['ended']) => Promise<void>;
}

export interface RecordingSpoolParts {
  readonly folder: string;
  /** Keeps nothing twice. */
  readonly keep: (recording: KeptRecording, wav: string) => Promise<void>;
  readonly clock: () => number;
  /** UUIDs. */
  readonly newId: () => string;
  readonly log: Log;
}

export const openRecordingSpool = ({ folder, keep, clock, newId, log }: RecordingSpoolParts): RecordingSpool => {
  mkdirSync(folder, { recursive: true });
  /** Being recorded, or being filed. */
  const busy = new Set<string>();
  const homeOf = (id: string) => join(folder, id);
  const wavOf = (id: string) => join(homeOf(id), 'talk.wav');

  const write = (recording: Sidecar): void => {
    const file = join(homeOf(recording.id), 'recording.json');
    writeFileSync(`${file}.new`, JSON.stringify(recording), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };

  const fileOne = async ({ ended, ...recording }: Ended): Promise<void> => {
    const { id, contact } = recording;
    busy.add(id);
    try {
      const wav = wavOf(id);
      if (existsSync(wav)) {
        await mendWav(wav);
        const ms = Math.round(measureWav(wav));
        if (ms > 0) await keep({ ...recording, endedAt: ended.at, complete: ended.complete, ms }, wav);
      }
      rmSync(homeOf(id), { recursive: true, force: true });
    } catch (error) {
      log.error({ err: error, contact }, 'a recording waits to be filed');
    } finally {
      busy.delete(id);
    }
  };

  const left = (): readonly Sidecar[] =>
    readdirSync(folder)
      .filter((id) => !busy.has(id))
      .flatMap((id) => {
        const read = readSidecar(homeOf(id));
        if (!read) log.error({ folder: homeOf(id) }, 'a recording without its particulars is left where it lies');
        return read ? [read] : [];
      });

  return {
    begin: (talk) => {
      const recording: Sidecar = { id: newId(), ...talk, startedAt: clock(), ended: null };
      busy.add(recording.id);
      mkdirSync(homeOf(recording.id));
      write(recording);
      return {
        wav: wavOf(recording.id),
        file: async (how) => {
          const ended = { ...recording, ended: how };
          try {
            write(ended);
          } catch (error) {
            log.error({ err: error, contact: recording.contact }, 'the end of a recording could not be noted');
          }
          await fileOne(ended);
        },
      };
    },
    recover: async () => {
      for (const recording of left()) {
        const ended = recording.ended ?? { at: lastTouched(wavOf(recording.id), recording), complete: false };
        log.warn({ contact: recording.contact }, 'a recording of an earlier run is filed');
        await fileOne({ ...recording, ended });
      }
    },
    retry: async () => {
      for (const recording of left()) if (recording.ended) await fileOne({ ...recording, ended: recording.ended });
    },
  };
};

const readSidecar = (home: string): Sidecar | undefined => {
  try {
    const parsed = sidecar.safeParse(JSON.parse(readFileSync(join(home, 'recording.json'), 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};

const lastTouched = (wav: string, { startedAt }: Sidecar): number =>
  Math.max(startedAt, Math.floor(statSync(wav, { throwIfNoEntry: false })?.mtimeMs ?? 0));
