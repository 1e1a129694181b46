import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Collects garbage now: some tens of milliseconds. After tens of thousands of forms have come in, the heap is several
 * times what is in use, and V8 would keep it so until the desk is idle, which it is not all day. Of the last resort: by no
 * other does it let go of the young generation, some 100 MB by then.
 */
export const giveBackMemory = (): void => {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
};
