import { diskTrouble } from './trouble.ts';

/** Work that goes on beside the screen, one run at a time. */
export interface Beside {
  /** Begins a run unless one is under way; resolves when it has ended. */
  readonly look: () => Promise<void>;
  /** Resolves when nothing is under way any more; nothing begins after. */
  readonly stop: () => Promise<void>;
}

/** A disk that takes no writes ends a run and nothing else: the next one tries again. */
export const createBeside = (run: (isStopped: () => boolean) => Promise<void>): Beside => {
  let running: Promise<void> | undefined;
  let stopped = false;
  const runOnce = async (): Promise<void> => {
    try {
      await run(() => stopped);
    } catch (error) {
      if (diskTrouble(error) === undefined) throw error;
    } finally {
      running = undefined;
    }
  };
  return {
    look: async () => {
      if (stopped) return;
      running ??= runOnce();
      await running;
    },
    stop: async () => {
      stopped = true;
      await running;
    },
  };
};
