import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { v4 as uuidV4 } from 'uuid';
import { ok, type Result, refused } from '../../domain/result.ts';
import { cachePath } from '../vault/cache-file.ts';
import { encryptPlainCache } from '../vault/encrypt-plain-cache.ts';
import { type AttachmentFiles, attachmentsIn, createAttachmentFiles } from './attachment-files.ts';
import { type Database, openDatabase } from './database.ts';
import { migrate, type NewerSchema } from './migrate.ts';
import { migrations } from './migrations.ts';
import { enclosePlainAttachments } from './plain-attachments.ts';
import { type DiskFailure, diskFailureOf } from './repair/open-failure.ts';
import { isSound, watchForDamage } from './repair/suspicion.ts';
import { renewFormIndex } from './search/form-index.ts';

/** One person's forms on this workstation, and what they did that the centre does not have yet. */
export interface Cache {
  /** Where all of it lies. */
  readonly folder: string;
  readonly database: Database;
  readonly files: AttachmentFiles;
}

/** Opens, and makes at the first time, the cache in this folder; `key` is the data key of its vault. */
export const openCache = (folder: string, key: Uint8Array): Result<Cache, NewerSchema | DiskFailure> => {
  let database: Database | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    encryptPlainCache(folder, key);
    database = openDatabase(cachePath(folder), key);
    const made = makeReady(folder, key, watchForDamage(folder, database));
    if (!made.ok) database.close();
    return made;
  } catch (error) {
    database?.close();
    const failure = diskFailureOf(error, folder);
    if (!failure) throw error;
    return refused(failure);
  }
};

const makeReady = (folder: string, key: Uint8Array, database: Database): Result<Cache, NewerSchema | DiskFailure> => {
  if (!isSound(folder, database)) return refused({ code: 'damaged' });
  const migrated = migrate(database, migrations);
  if (!migrated.ok) return migrated;
  database.write((writes) =>
    writes.run('INSERT INTO meta (id, device) VALUES (1, ?) ON CONFLICT (id) DO NOTHING', uuidV4()),
  );
  database.write(renewFormIndex);
  const files = createAttachmentFiles(attachmentsIn(folder), key);
  enclosePlainAttachments(join(folder, 'attachments'), files);
  return ok({ folder, database, files });
};
