import type { SyncRecords, SyncTransaction } from './sync-transaction.ts';

/** In one transaction at most: it holds the change cursor as long as all of them take. */
const mostTogether = 16;

interface Waiting {
  /** Answers what is to be said once the transaction is on the disk. */
  readonly work: (transaction: SyncTransaction) => Promise<() => void>;
  readonly failed: (error: unknown) => void;
}

/**
 * One transaction at a time, and in it whatever has come while the one before was on its way to the disk: each ends by
 * waiting for the disk with the change cursor's row locked, so alone they would follow each other at the disk's pace.
 * Where one of them fails, each is taken again in a transaction of its own, and only that one fails.
 */
export const takenTogether = (records: SyncRecords): SyncRecords => {
  const waiting: Waiting[] = [];
  let isRunning = false;

  const takeAlone = async ({ work, failed }: Waiting): Promise<void> => {
    try {
      const tell = await records.transaction(work);
      tell();
    } catch (error) {
      failed(error);
    }
  };
  const takeGroup = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const tells = await records.transaction(
        async (transaction) => {
          const done: (() => void)[] = [];
          for (const { work } of group) done.push(await work(transaction));
          return done;
        },
        // The second would wait for a form with the cursor locked that whoever has the form may be waiting for.
        { mayWait: false },
      );
      for (const tell of tells) tell();
    } catch {
      for (const one of group) await takeAlone(one);
    }
  };
  const run = async (): Promise<void> => {
    isRunning = true;
    for (;;) {
      const group = waiting.splice(0, mostTogether);
      const [only, ...more] = group;
      if (!only) break;
      await (more.length === 0 ? takeAlone(only) : takeGroup(group));
    }
    isRunning = false;
  };

  return {
    ...records,
    transaction: (work) =>
      new Promise((resolve, reject) => {
        waiting.push({
          work: async (transaction) => {
            const value = await work(transaction);
            return () => resolve(value);
          },
          failed: reject,
        });
        if (!isRunning) void run();
      }),
  };
};
