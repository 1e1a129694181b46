import { expect, test } from 'vitest';
import type { SyncRecords } from './sync-transaction.ts';
import { takenInTurn } from './taken-in-turn.ts';

test('P2 so many pushes are in the records at once, in the order they came, and one that fails makes room too', async () => {
  let within = 0;
  let most = 0;
  const order: number[] = [];
  const records: SyncRecords = {
    transaction: async (work) => {
      within += 1;
      most = Math.max(most, within);
      try {
        await new Promise((resolve) => setImmediate(resolve));
        return await work(new Proxy(Object.create(null), {}));
      } finally {
        within -= 1;
      }
    },
    changesAfter: async () => ({ changes: [], cursor: 0, more: false }),
  };
  const inTurn = takenInTurn(records, 2);
  const all = Array.from({ length: 9 }, (_, at) =>
    inTurn.transaction(async () => {
      order.push(at);
      if (at % 3 === 1) throw new Error('chokes');
      return at;
    }),
  );
  const outcomes = await Promise.allSettled(all);
  expect(most).toBe(2);
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(order.map((at) => at % 3 !== 1));
  expect(await inTurn.transaction(async () => 'still open')).toBe('still open');
});
