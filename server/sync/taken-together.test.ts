import { expect, test } from 'vitest';
import type { SyncRecords } from './sync-transaction.ts';
import { takenTogether } from './taken-together.ts';

/** Records that take a while, and tell how many works each transaction had. */
const slowRecords = () => {
  const transactions: { readonly works: string[]; readonly mayWait: boolean; outcome: 'kept' | 'rolled back' }[] = [];
  let within = 0;
  const records: SyncRecords = {
    transaction: async (work, { mayWait } = { mayWait: true }) => {
      within += 1;
      expect(within, 'two transactions at once').toBe(1);
      const entry = { works: [] as string[], mayWait, outcome: 'rolled back' as 'kept' | 'rolled back' };
      transactions.push(entry);
      try {
        await new Promise((resolve) => setTimeout(resolve, 5));
        const answer = await work({
          lockDevice: async (device: string) => void entry.works.push(device),
          seen: async () => [],
          formsForUpdate: async () => [],
          numbersTaken: async () => [],
          keepOperations: async () => undefined,
          takeCursors: async () => 1,
          write: async () => undefined,
        });
        entry.outcome = 'kept';
        return answer;
      } finally {
        within -= 1;
      }
    },
    changesAfter: async () => ({ changes: [], cursor: 0, more: false }),
  };
  return { records, transactions };
};

test('P2 pushes that come while one is on its way to the disk go there together, in the order they came', async () => {
  const { records, transactions } = slowRecords();
  const together = takenTogether(records);
  const all = Array.from({ length: 20 }, (_, at) =>
    together.transaction(async (transaction) => {
      await transaction.lockDevice(`${at}`, at);
      return at * 2;
    }),
  );
  expect(await Promise.all(all)).toEqual(all.map((_, at) => at * 2));
  expect(transactions.map(({ works, mayWait }) => [works.length, mayWait])).toEqual([
    [1, true],
    [16, false],
    [3, false],
  ]);
  expect(transactions.flatMap(({ works }) => works)).toEqual(all.map((_, at) => `${at}`));
});

test('P2 one that fails is the only one that fails, and each of the others is kept once', async () => {
  const { records, transactions } = slowRecords();
  const together = takenTogether(records);
  const all = Array.from({ length: 9 }, (_, at) =>
    together.transaction(async (transaction) => {
      await transaction.lockDevice(`${at}`, at);
      if (at === 4) throw new Error('chokes');
      return at;
    }),
  );
  const outcomes = await Promise.allSettled(all);
  expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(all.map((_, at) => at !== 4));
  const kept = transactions.filter(({ outcome }) => outcome === 'kept').flatMap(({ works }) => works);
  expect(kept.toSorted()).toEqual(['0', '1', '2', '3', '5', '6', '7', '8']);
  expect(await together.transaction(async () => 'still open')).toBe('still open');
});
