import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { keepsTheRecordsContract } from '../../server/sync/sync-records-contract.ts';
import { noCounts } from './counts.ts';
import { createRandom } from './random.ts';
import { SimRecords } from './records.ts';
import { createScheduler } from './scheduler.ts';

describe('the records in memory keep to what PostgreSQL keeps to', () => {
  keepsTheRecordsContract(async () => ({
    records: new SimRecords({
      scheduler: createScheduler(),
      random: createRandom(1),
      counts: noCounts(),
      queryMs: 0,
      failing: () => 0,
      isStuck: () => false,
      onCommitted: () => undefined,
      onDeadlock: () => {
        throw new Error('two transactions wait for each other');
      },
      planted: undefined,
    }),
    signIn: async () => ({
      id: randomUUID(),
      device: randomUUID(),
      person: { staffNumber: '1001', name: '李晓雯', roles: ['junior-agent'], languages: ['zh'] },
      services: [],
    }),
  }));
});
