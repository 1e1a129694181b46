import type { Broadcast } from '../ipc/broadcast.ts';
import type { FetchProgress } from './file-fetcher.ts';

/** So often that a number moves, and no oftener. */
const tellMs = 200;

/** Tells the windows how far files on their way have come, the end of each always. */
export const createProgressTeller = (now: () => number, tell: Broadcast): ((progress: FetchProgress) => void) => {
  let toldAt = 0;
  return (progress) => {
    if (progress.have < progress.size && Math.abs(now() - toldAt) < tellMs) return;
    toldAt = now();
    tell('file.progress', progress);
  };
};
