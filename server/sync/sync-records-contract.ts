import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { emptyComplaint } from '../../domain/forms/complaint.ts';
import type { Form } from '../../domain/forms/form.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import { perform } from '../../domain/forms/perform.ts';
import { usualProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import type { LiveSession } from '../records/sessions.ts';
import { newId } from './push.fixture.ts';
import {
  type JudgedOperation,
  RecordsFailure,
  type SyncRecords,
  type SyncTransaction,
  type WrittenForm,
} from './sync-transaction.ts';

export interface RecordsStage {
  readonly records: SyncRecords;
  /** A junior agent signed in at a device of their own. */
  readonly signIn: () => Promise<LiveSession>;
}

/** What every adapter of the records keeps to, so that what holds on one holds on the others. */
export const keepsTheRecordsContract = (openStage: () => Promise<RecordsStage>): void => {
  let records: SyncRecords;
  let one: LiveSession;
  let two: LiveSession;
  let seq = 0;

  beforeEach(async () => {
    const stage = await openStage();
    records = stage.records;
    one = await stage.signIn();
    two = await stage.signIn();
  });

  const opening = (session: LiveSession, over: Partial<Operation> & { readonly number?: string } = {}): Operation => {
    seq += 1;
    const { number = randomUUID().slice(0, 30), ...envelope } = over;
    const payload = {
      number,
      kind: 'complaint',
      origin: { via: 'desk', channel: 'voice' },
      fields: emptyComplaint,
      attachments: [],
    } as const;
    const made = { id: newId(), device: session.device, seq, form: newId(), madeAt: 1, by: session.person.staffNumber };
    return { ...made, ...envelope, kind: 'form.open', payload } as Operation;
  };
  const noting = (session: LiveSession, form: string): Operation => {
    seq += 1;
    const made = { id: newId(), device: session.device, seq, form, madeAt: 1, by: session.person.staffNumber };
    return { ...made, kind: 'form.note', payload: { text: `${seq}` } };
  };
  const judged = (operation: Operation, before: Form | undefined, { person, id }: LiveSession): JudgedOperation => {
    const done = perform(before, operation, person, usualProcedureRules);
    const outcome = done.ok ? { form: done.value, refusal: null } : { form: null, refusal: done.error };
    return { operation, ...outcome, receivedAt: 1, session: id };
  };
  /** As an algorithm above does it; answers the first cursor. */
  const store = async (
    transaction: SyncTransaction,
    all: readonly JudgedOperation[],
    befores: readonly Form[] = [],
  ) => {
    await transaction.keepOperations(all, one.person);
    const applied = all.flatMap(({ operation, form }) => (form ? [{ operation: operation.id, form }] : []));
    const first = await transaction.takeCursors(applied.length);
    const changes = applied.map((each, at) => ({ ...each, cursor: first + at }));
    const latest = new Map(changes.map((change) => [change.form.id, change]));
    const forms = [...latest.values()].map(({ form, cursor }): WrittenForm => {
      return { form, cursor, before: befores.find(({ id }) => id === form.id), warnAt: null };
    });
    const log = changes.map(({ cursor, form, operation }) => ({ cursor, operation, form: form.id }));
    await transaction.write({ operations: all, forms, changes: log });
    return first;
  };
  const storeOpened = (operation: Operation, session: LiveSession) =>
    records.transaction((transaction) => store(transaction, [judged(operation, undefined, session)]));
  const read = (id: string) =>
    records.transaction(async (transaction) => (await transaction.formsForUpdate([id])).at(0));

  /**
   * Begins a transaction that stops once it has done its `first`, begins another meanwhile, and lets the first go
   * on; answers what was done in which order.
   */
  const crossed = async (
    first: (transaction: SyncTransaction) => Promise<unknown>,
    second: (transaction: SyncTransaction) => Promise<unknown>,
    end: 'commits' | 'rolls back' = 'commits',
  ): Promise<readonly string[]> => {
    const done: string[] = [];
    const [held, goOn] = [gate(), gate()];
    const ended = new Error('rolled back');
    const holder = records.transaction(async (transaction) => {
      await first(transaction);
      held.open();
      await goOn.opened;
      done.push('first');
      if (end === 'rolls back') throw ended;
    });
    await held.opened;
    const waiting = records.transaction(async (transaction) => {
      await second(transaction);
      done.push('second');
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    goOn.open();
    await holder.catch((error: unknown) => {
      if (error !== ended) throw error;
    });
    await waiting;
    return done;
  };

  test('what a transaction wrote is there once it resolves, and nothing of it where it throws', async () => {
    const [kept, lost] = [opening(one), opening(one)];
    await storeOpened(kept, one);
    const fault = new TypeError('a bug');
    const broken = records.transaction(async (transaction) => {
      await store(transaction, [judged(lost, undefined, one)]);
      throw fault;
    });
    await expect(broken).rejects.toBe(fault);
    expect((await read(kept.form))?.id).toBe(kept.form);
    expect(await read(lost.form)).toBeUndefined();
    expect(await records.transaction((transaction) => transaction.seen([kept, lost]))).toHaveLength(1);
    // Its place in the change log is the next one's.
    const head = await storeOpened(lost, one);
    expect(await storeOpened(opening(two), two)).toBe(head + 1);
  });

  test('a device, a form and the change cursor belong to one transaction at a time', async () => {
    const opened = opening(one);
    await storeOpened(opened, one);
    const waits = async (step: (transaction: SyncTransaction) => Promise<unknown>) =>
      expect(await crossed(step, step)).toEqual(['first', 'second']);
    await waits((transaction) => transaction.lockDevice(one.device, 1));
    await waits((transaction) => transaction.formsForUpdate([opened.form]));
    await waits((transaction) => transaction.takeCursors(0));
    await waits((transaction) => transaction.takeCursors(3));
  });

  test('who waited for a form finds it as it was left', async () => {
    const opened = opening(one);
    await storeOpened(opened, one);
    let notes: number | undefined;
    await crossed(
      async (transaction) => {
        const [form] = await transaction.formsForUpdate([opened.form]);
        await store(transaction, [judged(noting(one, opened.form), form, one)], form ? [form] : []);
      },
      async (transaction) => {
        notes = (await transaction.formsForUpdate([opened.form]))[0]?.notes.length;
      },
    );
    expect(notes).toBe(1);
  });

  test('two that want the same forms, each in an order of its own, both get them', async () => {
    const opened = Array.from({ length: 20 }, () => opening(one));
    await records.transaction((transaction) =>
      store(
        transaction,
        opened.map((operation) => judged(operation, undefined, one)),
      ),
    );
    const ids = opened.map(({ form }) => form);
    for (let round = 0; round < 10; round += 1) {
      const take = (wanted: readonly string[]) =>
        records.transaction((transaction) => transaction.formsForUpdate(wanted));
      const found = await Promise.all([take(ids), take(ids.toReversed())]);
      expect(found.map((forms) => forms.length)).toEqual([20, 20]);
    }
  });

  test.each(['commits', 'rolls back'] as const)(
    'positions of the change log follow on each other where the one before %s',
    async (end) => {
      const head = await storeOpened(opening(one), one);
      const taken: number[] = [];
      const take = (count: number) => async (transaction: SyncTransaction) => {
        taken.push(await transaction.takeCursors(count));
      };
      await crossed(take(5), take(2), end);
      expect(taken).toEqual([head + 1, end === 'commits' ? head + 6 : head + 1]);
    },
  );

  test('an operation is seen by its id, and by its device and seq', async () => {
    const operation = opening(one);
    await storeOpened(operation, one);
    const refused = judged(noting(one, newId()), undefined, one);
    await records.transaction((transaction) => store(transaction, [refused]));
    const look = (asked: readonly Operation[]) => records.transaction((transaction) => transaction.seen(asked));
    const { id, device } = operation;
    const expected = { id, device, seq: operation.seq, operation, refusal: null };
    expect(await look([{ ...operation, device: two.device, seq: 9_999 }])).toEqual([expected]);
    expect(await look([{ ...operation, id: newId() }])).toEqual([expected]);
    expect((await look([refused.operation]))[0]?.refusal).toEqual({ code: 'no-such-form' });
    expect(await look([{ ...operation, id: newId(), device: two.device }])).toEqual([]);
  });

  test('numbers that stand on a form are told', async () => {
    await storeOpened(opening(one, { number: '7' }), one);
    expect(await records.transaction((transaction) => transaction.numbersTaken(['6', '7', '7-2']))).toEqual(['7']);
  });

  test('what another transaction has written in between is a conflict, and nothing is written', async () => {
    const operation = opening(one, { number: 'taken' });
    await storeOpened(operation, one);
    const clashing = [
      opening(two, { id: operation.id }),
      opening(two, { device: one.device, seq: operation.seq }),
      opening(two, { form: operation.form }),
      opening(two, { number: 'taken' }),
    ];
    for (const clash of clashing) {
      const clashed = await storeOpened(clash, two).catch((error: unknown) => error);
      expect(clashed).toBeInstanceOf(RecordsFailure);
      expect(clashed).toMatchObject({ kind: 'conflict' });
    }
    const left = (await records.transaction((transaction) => transaction.seen(clashing))).map(({ id }) => id);
    expect(new Set(left)).toEqual(new Set([operation.id]));
  });

  test('changes are told after a cursor, in its order, a form at its latest', async () => {
    const [first, second] = [opening(one), opening(one)];
    const head = await storeOpened(first, one);
    const both = [judged(second, undefined, one), judged(noting(one, second.form), undefined, one)];
    const form = both[0]?.form;
    const noted = form && judged(noting(one, second.form), form, one);
    if (!noted) throw new Error('not opened');
    await records.transaction((transaction) => store(transaction, [...both.slice(0, 1), noted]));
    const told = await records.changesAfter(head - 1, 10, 'all');
    expect(told.changes).toEqual([
      { cursor: head, form: expect.objectContaining({ id: first.form }) },
      { cursor: head + 2, form: noted.form },
    ]);
    expect(told).toMatchObject({ cursor: head + 2, more: false });
    expect(await records.changesAfter(head - 1, 1, 'all')).toMatchObject({ cursor: head, more: true });
    expect((await records.changesAfter(0, 10, 'none')).changes).toEqual([]);
    expect((await records.changesAfter(0, 10, 'department:7001')).changes).toEqual([]);
  });
};

const gate = (): { readonly opened: Promise<void>; readonly open: () => void } => {
  let resolve = (): void => undefined;
  const opened = new Promise<void>((done) => {
    resolve = done;
  });
  return { opened, open: () => resolve() };
};
