import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { wipeFile } from '../vault/flushed-file.ts';
import type { AttachmentFiles } from './attachment-files.ts';

/** Moves files that were kept as they are into the encrypted store, and wipes them; goes on where it was ended. */
export const enclosePlainAttachments = (plainFolder: string, files: AttachmentFiles): void => {
  if (!existsSync(plainFolder)) return;
  for (const entry of readdirSync(plainFolder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // A piece of a file, or one that is spoiled, has no name to be asked for by: it is fetched anew.
    if (/^[0-9a-f]{64}$/.test(entry.name)) files.keep(readFileSync(path));
    wipeFile(path);
  }
  rmSync(plainFolder, { recursive: true });
};
