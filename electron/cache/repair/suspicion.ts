import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Database } from '../database.ts';
import { isDamage } from './open-failure.ts';

const markIn = (folder: string): string => join(folder, 'cache.suspect');

/** The cache, marked to be looked through at its next opening when a page of it turns out damaged in use. */
export const watchForDamage = (folder: string, database: Database): Database => {
  const watched = <Answer>(work: () => Answer): Answer => {
    try {
      return work();
    } catch (error) {
      if (isDamage(error)) writeFileSync(markIn(folder), '');
      throw error;
    }
  };
  return {
    ...database,
    read: (work) => watched(() => database.read(work)),
    write: (work) => watched(() => database.write(work)),
    writeRepeatable: (work) => watched(() => database.writeRepeatable(work)),
  };
};

const finding = z.object({ quick_check: z.string() });

/** Looks through the whole file where something was found in it; a sound one loses its mark. */
export const isSound = (folder: string, database: Database): boolean => {
  if (!existsSync(markIn(folder))) return true;
  const found = database.read((reads) => reads.all(finding, 'PRAGMA quick_check(1)'));
  const sound = found.length === 1 && found[0]?.quick_check === 'ok';
  if (sound) liftSuspicion(folder);
  return sound;
};

export const liftSuspicion = (folder: string): void => rmSync(markIn(folder), { force: true });
