import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../contract/http.ts';
import { change, sentRow, snapshotEnd, snapshotHead } from '../../contract/sync.ts';
import { formRow, usualFormRules } from '../../domain/forms/form-row.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import { seenByDepartment } from '../../domain/forms/procedure/department-view.ts';
import { type CacheRules, isBeingWorkedOn, keptSince, usualCacheRules } from '../../domain/sync/cache-rules.ts';
import { type Engine, engines } from '../records/engines.fixture.ts';
import type { Records } from '../records/open-records.ts';
import { pullChanges } from './pull.ts';
import { newId, pushInto, seniorAgent, signInAt, type TestDesk } from './push.fixture.ts';
import type { Push } from './push.ts';
import { openSnapshot, type SnapshotPlace } from './snapshot.ts';

const supervisor: Pick<Person, 'roles'> = { roles: ['supervisor'] };
const billing: Pick<Person, 'roles' | 'department'> = { roles: ['department'], department: 'billing' };
const dayMs = 86_400_000;

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;
  let push: Push;
  let senior: TestDesk;
  const now = Date.now();

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
    push = pushInto(records, { clock: () => now });
    senior = await signInAt(records, seniorAgent);
    for (let round = 0; round < 12; round += 1) {
      await closed(round * 50);
      await complaint(round % 3 === 0 ? 900 : 1, round % 2 === 0);
    }
  }, 120_000);

  afterAll(async () => {
    await records?.close();
    await engine?.stop();
  });

  const take = async (...operations: readonly Operation[]): Promise<void> => {
    const { results } = await push.take(operations, senior.session);
    expect(results.filter(({ outcome }) => outcome !== 'applied')).toEqual([]);
  };
  const ago = (days: number, operation: Operation): Operation => ({ ...operation, madeAt: now - days * dayMs });
  const opened = (form: string, kind: 'complaint' | 'fault', text: string): Operation => {
    const made = senior.open(form);
    if (made.kind !== 'form.open') throw new Error('a form is opened by form.open');
    const known = { contactNumber: '13800138000', account: '0553-1', complaintType: 'other' } as const;
    const fields = { ...made.payload.fields, ...known, text };
    return { ...made, payload: { ...made.payload, kind, fields } };
  };
  /** Booked: nobody at the hotline has it to work on. */
  const closed = async (days: number): Promise<string> => {
    const form = newId();
    await take(
      ago(days, opened(form, 'fault', '断网\n\u2028\u0000\ud83d')),
      ago(days, senior.make('form.submit', form, {})),
    );
    return form;
  };
  const complaint = async (days: number, toBilling: boolean): Promise<string> => {
    const form = newId();
    const order = {
      order: crypto.randomUUID(),
      type: 'dispatch',
      department: 'billing',
      text: '请核查',
      follows: null,
    };
    await take(
      ago(days, opened(form, 'complaint', '多收月租')),
      ago(days, senior.make('form.note', form, { text: '老客户' })),
      ...(toBilling ? [ago(days, senior.make('form.order', form, { ...order, type: 'dispatch' }))] : []),
    );
    return form;
  };

  /** A stream as a desk takes it, each line by the contract; `meanwhile` runs after every page. */
  const filled = async (
    options: {
      readonly person?: Pick<Person, 'roles' | 'department'>;
      readonly rules?: Partial<CacheRules>;
      readonly place?: SnapshotPlace;
      readonly stopAfter?: number;
      readonly meanwhile?: () => Promise<unknown>;
    } = {},
  ) => {
    const { person = supervisor, rules, place, stopAfter = Number.POSITIVE_INFINITY } = options;
    const kept = { ...usualCacheRules, ...rules };
    const parts = { db: records.db, clock: () => now, rules: kept, formRules: usualFormRules, pageForms: 3 };
    const snapshot = await openSnapshot(parts, person, place);
    if (!snapshot) throw new Error('refused');
    const lines: string[] = [];
    for await (const member of snapshot.members()) {
      const page = gunzipSync(member).toString();
      expect(page.endsWith('\n')).toBe(true);
      lines.push(...page.slice(0, -1).split('\n'));
      if (lines.length > stopAfter) break;
      await options.meanwhile?.();
    }
    const head = snapshotHead.parse(JSON.parse(lines.shift() ?? ''));
    const isWhole = snapshotEnd.safeParse(JSON.parse(lines.at(-1) ?? '')).success;
    const sent = isWhole ? lines.slice(0, -1) : lines;
    const changes = sent.flatMap((line, at) => {
      if (at % 2 === 0) return [];
      const one = change.parse({ cursor: sentRow.parse(JSON.parse(sent[at - 1] ?? ''))[0], form: JSON.parse(line) });
      expect(JSON.parse(sent[at - 1] ?? '')).toEqual([one.cursor, ...Object.values(formRow(one.form, usualFormRules))]);
      return [one];
    });
    return { head, changes, isWhole };
  };
  const everything = async () => {
    const pulled = await pullChanges(records.db, 0, 500);
    expect(pulled.more).toBe(false);
    return pulled.changes;
  };
  const ids = (changes: readonly { readonly form: { readonly id: string } }[]) => changes.map(({ form }) => form.id);
  const keptBy = (rules: CacheRules, changes: Awaited<ReturnType<typeof everything>>) => {
    const worked = changes.filter(({ form }) => isBeingWorkedOn(form));
    const rest = changes
      .filter(({ form }) => !isBeingWorkedOn(form) && form.changedAt >= keptSince(rules, now))
      .toSorted((a, b) => b.cursor - a.cursor)
      .slice(0, Math.max(0, rules.mostForms - worked.length));
    return [...worked, ...rest].toSorted((a, b) => b.cursor - a.cursor);
  };

  test('P2 a cache is filled with every form there is, the last changed first, as the pull has it', async () => {
    const { head, changes, isWhole } = await filled({ rules: { closedForDays: 3_650 } });
    const all = (await everything()).toSorted((a, b) => b.cursor - a.cursor);
    expect(isWhole).toBe(true);
    expect(changes).toEqual(all);
    expect(head).toMatchObject({ scope: 'all', forms: all.length, head: all[0]?.cursor, serverTime: now });
  });

  test('P2 what is closed and old stays at the centre, what somebody has to work on never', async () => {
    const all = await everything();
    for (const rules of [
      usualCacheRules,
      { closedForDays: 120, mostForms: 300_000 },
      { closedForDays: 1, mostForms: 300_000 },
      { closedForDays: 3_650, mostForms: 17 },
      { closedForDays: 3_650, mostForms: 12 },
      { closedForDays: 365, mostForms: 5 },
    ]) {
      const expected = keptBy(rules, all);
      const { head, changes, isWhole } = await filled({ rules });
      expect(changes).toEqual(expected);
      expect([head.forms, isWhole]).toEqual([expected.length, true]);
    }
    expect(keptBy({ closedForDays: 365, mostForms: 5 }, all)).toHaveLength(12);
    expect(keptBy({ closedForDays: 3_650, mostForms: 17 }, all)).toHaveLength(17);
  });

  test('P2 a fill that broke off anywhere goes on from there and misses nothing', async () => {
    const rules = { closedForDays: 365, mostForms: 18 };
    const whole = await filled({ rules });
    expect(whole.changes).toHaveLength(18);
    for (let taken = 1; taken <= whole.changes.length; taken += 1) {
      const before = whole.changes[taken - 1]?.cursor ?? 0;
      const rest = await filled({ rules, place: { head: whole.head.head, before } });
      expect(rest.changes).toEqual(whole.changes.slice(taken));
      expect(rest.head).toMatchObject({ head: whole.head.head, forms: whole.changes.length - taken });
    }
  });

  test('P2 a place beyond the change log is of other records', async () => {
    const { head } = await filled();
    const parts = { db: records.db, clock: () => now, rules: usualCacheRules, formRules: usualFormRules };
    expect(await openSnapshot(parts, supervisor, { head: head.head + 1, before: 3 })).toBeUndefined();
  });

  test('S4 a department is filled with its own forms as it sees them', async () => {
    const rules = { closedForDays: 3_650 };
    const { head, changes } = await filled({ person: billing, rules });
    const whole = await filled({ rules });
    const own = whole.changes.filter(({ form }) => form.procedure.orders.length > 0);
    expect(own).toHaveLength(6);
    expect(changes).toEqual(own.map(({ cursor, form }) => ({ cursor, form: seenByDepartment(form, 'billing') })));
    expect(head).toMatchObject({ scope: 'department:billing', forms: 6 });
    const nobodys = await filled({ person: { roles: ['department'] } });
    expect(nobodys).toMatchObject({ changes: [], isWhole: true, head: { scope: 'none', forms: 0 } });
  });

  test('P2 what is changed while a cache is filled comes with the fill or with the pull after it, at its latest', async () => {
    const targets = ids((await filled({ rules: { closedForDays: 3_650 } })).changes);
    let turn = 0;
    const meanwhile = async () => {
      // From both ends: forms whose page has been read, and forms whose page has not.
      const [early, late] = [targets[turn], targets.at(-1 - turn)];
      turn += 1;
      if (!early || !late) return;
      await take(
        senior.make('form.note', early, { text: `已读 ${turn}` }),
        senior.make('form.note', late, { text: `未读 ${turn}` }),
      );
      if (turn % 2 === 0) await closed(0);
    };
    const cache = new Map<string, number>();
    const keep = (one: { readonly cursor: number; readonly form: { readonly id: string } }) => {
      if (one.cursor > (cache.get(one.form.id) ?? 0)) cache.set(one.form.id, one.cursor);
    };
    const first = await filled({ rules: { closedForDays: 3_650 }, meanwhile, stopAfter: 10 });
    expect(first.isWhole).toBe(false);
    first.changes.forEach(keep);
    await meanwhile();
    const place = { head: first.head.head, before: first.changes.at(-1)?.cursor ?? 0 };
    const rest = await filled({ rules: { closedForDays: 3_650 }, meanwhile, place });
    expect(rest.isWhole).toBe(true);
    rest.changes.forEach(keep);
    expect(turn).toBeGreaterThan(6);
    expect(ids([...first.changes, ...rest.changes])).toHaveLength(cache.size);
    for (let after = first.head.head; ; ) {
      const pulled = await pullChanges(records.db, after, 5);
      pulled.changes.forEach(keep);
      after = pulled.cursor;
      if (!pulled.more) break;
    }
    const all = await everything();
    expect(cache).toEqual(new Map(all.map(({ cursor, form }) => [form.id, cursor])));
  });

  test('P2 forms worked on are found among closed ones by an index of their own', async () => {
    await sql`analyze forms`.execute(records.db);
    const plan = await records.db.transaction().execute(async (transaction) => {
      await sql`set local enable_seqscan = off`.execute(transaction);
      const query = sql<{ 'QUERY PLAN': string }>`explain select cursor from forms where cursor < 1000000
        and (work_state in ('waiting', 'claimed') or desk <> 'nobody') order by cursor desc limit 3`;
      return (await query.execute(transaction)).rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toContain('forms_worked_on');
  });
});
