import { afterAll, beforeAll, describe } from 'vitest';
import { type Engine, engines } from '../records/engines.fixture.ts';
import type { Records } from '../records/open-records.ts';
import { agent, signInAt } from './push.fixture.ts';
import { sqlSyncRecords } from './sql-sync-records.ts';
import { keepsTheRecordsContract } from './sync-records-contract.ts';

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
  }, 60_000);
  afterAll(async () => {
    await records?.close();
    await engine?.stop();
  });

  keepsTheRecordsContract(async () => ({
    records: sqlSyncRecords(records.db),
    signIn: async () => (await signInAt(records, agent)).session,
  }));
});
