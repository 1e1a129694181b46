import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';

/** Entries that must outlive a kill of the server: few, small, and each change on the disk at once. */
export interface Journal<Entry> {
  readonly keep: (key: string, entry: Entry) => void;
  readonly forget: (key: string) => void;
  readonly find: (key: string) => Entry | undefined;
  readonly all: () => readonly Entry[];
}

/**
 * A journal in one file, replaced whole at each change. `onTrouble`: what cannot be read counts as
 * empty, what cannot be written is tried again with the next change; calls go on either way.
 */
export const openJournal = <Entry>(
  file: string,
  entry: z.ZodType<Entry>,
  onTrouble: (error: unknown) => void,
): Journal<Entry> => {
  const entries = new Map(Object.entries(read(file, entry, onTrouble)));
  const write = () => {
    try {
      replace(file, JSON.stringify(Object.fromEntries(entries)));
    } catch (error) {
      onTrouble(error);
    }
  };
  return {
    keep: (key, value) => {
      entries.set(key, value);
      write();
    },
    forget: (key) => {
      if (entries.delete(key)) write();
    },
    find: (key) => entries.get(key),
    all: () => [...entries.values()],
  };
};

const read = <Entry>(
  file: string,
  entry: z.ZodType<Entry>,
  onTrouble: (error: unknown) => void,
): Readonly<Record<string, Entry>> => {
  try {
    return z.record(z.string(), entry).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) onTrouble(error);
    return {};
  }
};

const replace = (file: string, text: string): void => {
  const arriving = `${file}.new`;
  const handle = openSync(arriving, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(arriving, file);
};
