/**
 * Work that is asked for more often than it can be done: asked while it runs, it runs once more when it is through,
 * however often it was asked. `work` handles its own errors.
 */
export const oneAtATime = (work: () => Promise<void>): (() => void) => {
  let state: 'idle' | 'running' | 'asked-again' = 'idle';
  const run = async (): Promise<void> => {
    do {
      state = 'running';
      await work();
    } while (isAskedAgain());
    state = 'idle';
  };
  const isAskedAgain = (): boolean => state === 'asked-again';
  return () => {
    if (state === 'idle') void run();
    else state = 'asked-again';
  };
};
