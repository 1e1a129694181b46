import { countPendingOn } from '../cache/outbox.ts';
import type { Workplace } from '../session/workplace.ts';

/** A form that takes longer follows the call; nobody lets a caller wait for it. */
const longestMs = 3_000;
const lookAgainMs = 50;

/** Whether all that was done to the form at this desk has reached the centre, which is waited for up to 3 s. */
export const sendForm = async (workplace: Workplace, form: string): Promise<boolean> => {
  const isSent = (): boolean => workplace.cache.database.read((reads) => countPendingOn(reads, form)) === 0;
  workplace.sync.kick();
  for (let waited = 0; waited < longestMs && !workplace.hasLeft(); waited += lookAgainMs) {
    if (isSent()) return true;
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
  return !workplace.hasLeft() && isSent();
};
