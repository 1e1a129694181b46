import type { SyncRecords } from './sync-transaction.ts';

/**
 * So many transactions at once, the others in the order they came. Each ends by waiting at the change cursor for the
 * one before it to be on the disk: were all connections let into that queue, whoever only reads would stand behind it.
 */
export const takenInTurn = (records: SyncRecords, atOnce: number): SyncRecords => {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  const enter = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    ...records,
    transaction: async (work) => {
      await enter();
      try {
        return await records.transaction(work);
      } finally {
        leave();
      }
    },
  };
};
