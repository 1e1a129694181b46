import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PushResult } from '../../contract/sync.ts';
import type { Form } from '../../domain/forms/form.ts';
import { type Operation, operation as operationSchema } from '../../domain/forms/operations.ts';
import { perform } from '../../domain/forms/perform.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { type Engine, engines } from '../records/engines.fixture.ts';
import type { Records } from '../records/open-records.ts';
import { verifyChain } from '../records/verify-chain.ts';
import { headCursor, pullChanges } from './pull.ts';
import { agent, newId, otherAgent, pushInto, seniorAgent, signInAt, type TestDesk } from './push.fixture.ts';
import type { Push } from './push.ts';
import { oneByOne } from './testing/one-by-one.ts';

const runs = Number(process.env['ZUOXI_PROPERTY_RUNS'] ?? 12);

/** What somebody does at a desk to one of a few forms; often it cannot be done. */
const deed = fc.record({
  form: fc.nat({ max: 3 }),
  what: fc.constantFrom('open', 'open', 'edit', 'note', 'note', 'submit', 'link-call', 'attach', 'claim'),
  value: fc.nat({ max: 2 }),
});
type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never;

const done = (desk: TestDesk, forms: readonly string[], { form: at, what, value }: Deed): Operation => {
  const form = forms[at] ?? '';
  const text = `${value} \u0000 \ud83d`;
  switch (what) {
    case 'open':
      return desk.open(form);
    case 'edit':
      return desk.make('form.edit', form, { from: { text: '' }, to: { text } });
    case 'note':
      return desk.make('form.note', form, { text });
    case 'submit':
      return desk.make('form.submit', form, {});
    case 'attach': {
      const sha256 = `${value}`.repeat(64);
      return desk.make('form.attach', form, { id: crypto.randomUUID(), sha256, name: 'a', mediaType: 'b', size: 1 });
    }
    case 'link-call':
      return desk.make('form.link-call', form, {
        ...{ contactId: `contact-${value}`, caller: '138', service: '180', language: 'zh', answeredAt: value },
        announcement: { outcome: 'played', startedAt: 1, endedAt: 2 },
      });
    default:
      return desk.make('form.claim', form, {});
  }
};

/**
 * Where a list of operations is cut into pushes, which pushes are sent again at once, their answer lost, and in which
 * each operation stands twice.
 */
const cuts = fc.array(fc.record({ size: fc.integer({ min: 1, max: 9 }), again: fc.boolean(), doubled: fc.boolean() }), {
  minLength: 1,
});
type Cuts = typeof cuts extends fc.Arbitrary<infer Value> ? Value : never;

const cut = <Item>(items: readonly Item[], sizes: Cuts) => {
  const pushes: { readonly items: readonly Item[]; readonly again: boolean }[] = [];
  for (let at = 0, turn = 0; at < items.length; turn += 1) {
    const { size = 1, again = false, doubled = false } = sizes[turn % sizes.length] ?? {};
    const part = items.slice(at, at + size);
    pushes.push({ items: doubled ? part.flatMap((item) => [item, item]) : part, again });
    at += size;
  }
  return pushes;
};

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;
  let push: Push;

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
    push = pushInto(records, { clock: () => 1_000 });
  }, 60_000);
  afterAll(async () => {
    await records?.close();
    await engine?.stop();
  });

  const storedForms = async (ids: readonly string[]): Promise<ReadonlyMap<string, Form>> => {
    const rows = await records.db.selectFrom('forms').select(['id', 'form']).where('id', 'in', ids).execute();
    return new Map(rows.map(({ id, form }) => [id, form]));
  };

  test('P2 pushes cut anywhere, sent again or not, answer as operations taken one by one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 40 }), cuts, async (deeds, sizes) => {
        const desk = await signInAt(records, agent);
        const forms = Array.from({ length: 4 }, () => newId());
        const operations = deeds.map((one) => done(desk, forms, one));
        const model = oneByOne(desk.session.person);
        for (const { items, again } of cut(operations, sizes)) {
          const expected = model.take(items);
          expect((await push.take(items, desk.session)).results).toEqual(expected);
          if (again) expect((await push.take(items, desk.session)).results).toEqual(model.take(items));
        }
        expect(await storedForms(forms)).toEqual(model.forms);
        expect((await push.take(operations, desk.session)).results).toEqual(model.take(operations));
        expect(await storedForms(forms)).toEqual(model.forms);
      }),
      { numRuns: runs },
    );
  }, 120_000);

  test('P2 from many desks and a copy of one at once: each operation once, in the order of the log, for every reader', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(deed, { minLength: 1, maxLength: 25 }), { minLength: 2, maxLength: 4 }),
        cuts,
        async (deedsOfDesks, sizes) => {
          const people = [agent, otherAgent, seniorAgent, agent];
          const forms = Array.from({ length: 4 }, () => newId());
          const desks = await Promise.all(
            deedsOfDesks.map(async (deeds, at) => {
              const desk = await signInAt(records, people[at] ?? agent);
              return { desk, operations: deeds.map((one) => done(desk, forms, one)) };
            }),
          );
          const [first] = desks;
          if (!first) throw new Error('no desk');
          const copy = await signInAt(records, first.desk.session.person);
          const senders = [
            ...desks,
            {
              desk: copy,
              operations: first.operations.map((one) => ({
                ...one,
                device: copy.session.device,
                seq: one.seq + 1_000,
              })),
            },
          ];
          const before = await headCursor(records.db);
          const reader = follow(records, before);
          await Promise.all(senders.map(({ desk, operations }) => sendAll(push, desk, operations, sizes)));
          const seen = await reader.stop();
          await holdsTogether(records, { before, forms, operations: desks.flatMap((one) => one.operations), seen });
        },
      ),
      { numRuns: runs },
    );
    expect((await verifyChain(records.db, undefined)).ok).toBe(true);
  }, 120_000);
});

/** As a desk does: what is postponed is sent again once what it waits for is settled, that is, not sent any more. */
const sendAll = async (
  push: Push,
  { session }: TestDesk,
  operations: readonly Operation[],
  sizes: Cuts,
): Promise<void> => {
  for (let left = operations; left.length > 0; ) {
    const postponed = new Set<string>();
    const note = ({ id, outcome }: PushResult): void => void (outcome === 'postponed' && postponed.add(id));
    for (const { items, again } of cut(left, sizes)) {
      if (again) await push.take(items, session);
      (await push.take(items, session)).results.forEach(note);
    }
    left = left.filter(({ id }) => postponed.has(id));
  }
};

/** A desk that pulls all the while, few changes at a time. */
const follow = ({ db }: Records, from: number) => {
  let cursor = from;
  let stopping = false;
  const forms = new Map<string, Form>();
  const reading = (async () => {
    for (;;) {
      const isLast = stopping;
      const { changes, more } = await pullChanges(db, cursor, 2);
      for (const change of changes) {
        expect(change.cursor).toBeGreaterThan(cursor);
        cursor = change.cursor;
        forms.set(change.form.id, change.form);
      }
      if (isLast && !more) return forms;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  })();
  return {
    stop: () => {
      stopping = true;
      return reading;
    },
  };
};

const holdsTogether = async (
  { db }: Records,
  run: {
    readonly before: number;
    readonly forms: readonly string[];
    readonly operations: readonly Operation[];
    readonly seen: ReadonlyMap<string, Form>;
  },
): Promise<void> => {
  const rows = await db
    .selectFrom('operations')
    .innerJoin('operation_chain', 'operation_chain.operation', 'operations.id')
    .leftJoin('changes', 'changes.operation', 'operations.id')
    .innerJoin('sessions', 'sessions.id', 'operations.session')
    .innerJoin('staff', 'staff.staff_number', 'sessions.staff_number')
    .select(['operations.id', 'operations.operation', 'operations.refusal', 'changes.cursor', 'staff.roles'])
    .where('operations.form', 'in', run.forms)
    .orderBy('operation_chain.position')
    .execute();
  // Each operation is there once, whoever sent it how often.
  expect(rows.map(({ id }) => id).toSorted()).toEqual(run.operations.map(({ id }) => id).toSorted());
  // The log goes on without a gap, in the order of the chain.
  const cursors = rows.flatMap(({ cursor }) => (cursor === null ? [] : [cursor]));
  expect(cursors).toEqual(cursors.map((_, at) => run.before + 1 + at));
  // Taken one by one in that order by the domain's own function, all comes out the same.
  const stored = await db.selectFrom('forms').select(['id', 'form', 'cursor']).where('id', 'in', run.forms).execute();
  const folded = new Map<string, Form>();
  for (const { operation: kept, refusal, roles } of rows) {
    const operation = operationSchema.parse(kept);
    const form = folded.get(operation.form);
    // A form that somebody else opens at the same moment is not there yet, though it comes first in the log.
    if (refusal?.code === 'no-such-form') continue;
    const again = perform(form, operation, { roles }, usualProcedureRules);
    expect(again.ok ? null : again.error).toEqual(refusal);
    if (again.ok) folded.set(operation.form, again.value);
  }
  expect(new Map(stored.map(({ id, form }) => [id, form]))).toEqual(folded);
  // And so it came to one who read all the while.
  expect(run.seen).toEqual(folded);
};
