import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { contactKept } from '../floor/contact-kept.ts';
import type { Log } from '../floor/parts.ts';
import { type ContactKeeper, type KeptEnding, type KeptMessage, keptEndings } from './contact-keeper.ts';
import { measureWav, mendWav } from './mend-wav.ts';

/**
 * Messages on their way to the records (A7), each in a folder of its own:
 *
 *   <form>/message.json    who left it, where to reach them, how it ended
 *   <form>/0001.wav …      its segments, written as they are spoken
 *
 * The folder goes when the records have the message. A server that was killed finds it again: what was being
 * spoken counts as interrupted, what had ended is filed as it ended. The ids of form and operation are made before
 * anything else, so that the records take it once however often it is filed.
 */
const sidecar = z.object({
  form: z.string(),
  operation: z.string(),
  contact: contactKept,
  number: z.string(),
  startedAt: z.number(),
  ended: z.strictObject({ at: z.number(), how: z.enum(keptEndings) }).nullable(),
});
type Sidecar = z.infer<typeof sidecar>;

export interface MessageSpool {
  readonly folder: string;
  readonly begin: (contact: Sidecar['contact'], number: string) => SpooledMessage;
  /** Files what an earlier run of the server left; to be called before callers come. */
  readonly recover: () => Promise<void>;
  /** Files what could not be filed before. */
  readonly retry: () => Promise<void>;
}

export interface SpooledMessage {
  readonly nextFile: () => string;
  readonly files: () => readonly string[];
  /** Whether the records have it; else it stays, and is filed by a later `retry`. To be called when nothing records any more. */
  readonly file: (how: KeptEnding) => Promise<boolean>;
  readonly drop: () => void;
}

export interface MessageSpoolParts {
  readonly folder: string;
  readonly keeper: Pick<ContactKeeper, 'keepMessage'>;
  readonly clock: () => number;
  readonly newId: () => string;
  readonly log: Log;
}

export const openMessageSpool = ({ folder, keeper, clock, newId, log }: MessageSpoolParts): MessageSpool => {
  mkdirSync(folder, { recursive: true });
  /** Being spoken, or being filed: `retry` leaves them alone. */
  const busy = new Set<string>();
  const homeOf = (form: string) => join(folder, form);

  const write = (message: Sidecar): void => {
    const file = join(homeOf(message.form), 'message.json');
    writeFileSync(`${file}.new`, JSON.stringify(message), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const drop = (form: string): void => rmSync(homeOf(form), { recursive: true, force: true });

  /** Whether the records have it, or there was nothing to keep. */
  const fileOne = async (message: Sidecar & Pick<KeptMessage, 'ended'>): Promise<boolean> => {
    busy.add(message.form);
    try {
      const files = segmentFiles(homeOf(message.form));
      for (const file of files) await mendWav(file);
      const segments = files.map((file) => ({ file, ms: measureWav(file) })).filter(({ ms }) => ms > 0);
      if (segments.length > 0) await keeper.keepMessage({ ...message, segments });
      drop(message.form);
      return true;
    } catch (error) {
      log.error({ err: error, contact: message.contact.contactId }, 'a message waits to be filed');
      return false;
    } finally {
      busy.delete(message.form);
    }
  };

  const left = (): readonly Sidecar[] =>
    readdirSync(folder)
      .filter((form) => !busy.has(form))
      .flatMap((form) => {
        const read = readSidecar(homeOf(form));
        if (!read) log.error({ folder: homeOf(form) }, 'a message without its particulars is left where it lies');
        return read ? [read] : [];
      });

  return {
    folder,
    begin: (contact, number) => {
      const message: Sidecar = { form: newId(), operation: newId(), contact, number, startedAt: clock(), ended: null };
      const home = homeOf(message.form);
      busy.add(message.form);
      mkdirSync(home, { recursive: true });
      write(message);
      let segments = 0;
      return {
        nextFile: () => {
          segments += 1;
          return join(home, `${String(segments).padStart(4, '0')}.wav`);
        },
        files: () => segmentFiles(home),
        file: (how) => {
          const ended = { ...message, ended: { at: clock(), how } };
          write(ended);
          return fileOne(ended);
        },
        drop: () => {
          drop(message.form);
          busy.delete(message.form);
        },
      };
    },
    recover: async () => {
      for (const message of left()) {
        const ended = message.ended ?? { at: lastTouched(homeOf(message.form)), how: 'interrupted' as const };
        log.warn({ contact: message.contact.contactId, how: ended.how }, 'a message of an earlier run is filed');
        const whole = { ...message, ended };
        write(whole);
        await fileOne(whole);
      }
    },
    retry: async () => {
      for (const message of left()) if (message.ended) await fileOne({ ...message, ended: message.ended });
    },
  };
};

const segmentFiles = (home: string): readonly string[] =>
  readdirSync(home)
    .filter((name) => name.endsWith('.wav'))
    .sort()
    .map((name) => join(home, name));

const readSidecar = (home: string): Sidecar | undefined => {
  try {
    const parsed = sidecar.safeParse(JSON.parse(readFileSync(join(home, 'message.json'), 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};

const lastTouched = (home: string): number =>
  segmentFiles(home).reduce((latest, file) => Math.max(latest, Math.floor(statSync(file).mtimeMs)), 0) ||
  Math.floor(statSync(home).mtimeMs);
