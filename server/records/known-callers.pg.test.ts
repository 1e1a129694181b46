import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import { stranger } from '../floor/recognition.ts';
import { agent, newId, otherAgent, pushInto, signInAt } from '../sync/push.fixture.ts';
import { type Engine, engines } from './engines.fixture.ts';
import { findKnownCaller } from './known-callers.ts';
import type { Records } from './open-records.ts';

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;
  const dayMs = 24 * 3_600_000;

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
    await records.db
      .insertInto('key_accounts')
      .values({ number: '02787654321', name: '江城钢铁', added_at: 0 })
      .execute();
    for (const person of [otherAgent, agent]) {
      const desk = await signInAt(records, person);
      const push = pushInto(records, { clock: Date.now });
      const opened = await push.take(
        [
          desk.make('form.open', newId(), {
            number: `261124-000${person.staffNumber.at(-1)}-001-0`,
            kind: 'complaint',
            origin: { via: 'desk', channel: 'voice' },
            attachments: [],
            fields: { ...emptyComplaint, contactNumber: '13800138000' },
          }),
        ],
        desk.session,
      );
      expect(opened.results.map(({ outcome }) => outcome)).toEqual(['applied']);
    }
  }, 60_000);
  afterAll(async () => {
    await records?.close();
    await engine?.stop();
  });

  test('A3 the agent who wrote this caller’s latest form is known, however the number is written', async () => {
    for (const number of ['13800138000', '+8613800138000', '008613800138000'])
      expect(await findKnownCaller(records.db, number, Date.now())).toEqual({ ...stranger, familiar: '1001' });
    expect((await findKnownCaller(records.db, '13800138000', Date.now() + 31 * dayMs)).familiar).toBeUndefined();
  });

  test('A3 key accounts are known by their number; a withheld number is nobody’s', async () => {
    expect((await findKnownCaller(records.db, '+8602787654321', 0)).priority).toBe('key-account');
    expect(await findKnownCaller(records.db, '', 0)).toEqual(stranger);
  });
});
