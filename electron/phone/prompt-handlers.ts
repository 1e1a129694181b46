import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, refused } from '../../domain/result.ts';
import type { HandlersOf } from '../ipc/register.ts';

/** Announcement clips; the folders are asked in order, so that an installer's recordings win. */
export const promptHandlers = (folders: readonly string[]): HandlersOf<'prompt.read'> => ({
  'prompt.read': async ({ clips }) => {
    const found: Uint8Array<ArrayBuffer>[] = [];
    for (const clip of clips) {
      const bytes = await firstOf(folders.map((folder) => join(folder, `${clip}.wav`)));
      if (!bytes) return refused({ code: 'missing', clip });
      found.push(bytes);
    }
    return ok(found);
  },
});

const firstOf = async (paths: readonly string[]): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  for (const path of paths) {
    try {
      return new Uint8Array(await readFile(path));
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
};
