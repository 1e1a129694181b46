import type { Author } from '../../../domain/forms/procedure/author.ts';
import type { Cache } from '../open-cache.ts';
import { adoptOperations } from './adopt-operations.ts';
import { forgetFile, readUnsentWork, unsentFilesIn } from './unsent-work.ts';

/** Takes in what waits in the person's folder; how many operations that were. Whatever is not taken stays there. */
export const takeUnsentWork = ({ folder, database }: Cache, key: Uint8Array, author: Author): number => {
  let taken = 0;
  for (const path of unsentFilesIn(folder)) {
    const rows = readUnsentWork(path, key);
    if (!rows) continue;
    const adopted = database.write((writes) => adoptOperations(writes, rows, author));
    taken += adopted.taken;
    if (adopted.unreadable === 0) forgetFile(path);
  }
  return taken;
};
