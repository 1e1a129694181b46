import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, engines } from '../records/engines.fixture.ts';
import type { Records } from '../records/open-records.ts';
import { pullChanges } from './pull.ts';
import { agent, department, newId, otherAgent, pushInto, signInAt } from './push.fixture.ts';
import type { Push } from './push.ts';

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

  const outcomes = async (operations: readonly unknown[], session: Parameters<Push['take']>[1]) =>
    (await push.take(operations, session)).results.map((result) =>
      result.outcome === 'rejected' ? result.refusal.code : result.outcome,
    );
  const formNow = async (form: string) =>
    (await records.db.selectFrom('forms').select('form').where('id', '=', form).executeTakeFirst())?.form;

  test('P2 the same batch three times is applied once, and a rejection stays the same rejection', async () => {
    const desk = await signInAt(records, agent);
    const form = newId();
    const other = newId();
    const batch = [
      desk.open(form),
      desk.make('form.edit', form, { from: { text: '' }, to: { text: '资费有误' } }),
      desk.make('form.submit', form, {}),
      desk.open(other),
      desk.make('form.note', form, { text: '已回拨' }),
    ];
    const settled = [
      desk.make('form.edit', form, {
        from: { contactNumber: '', complaintType: null },
        to: { contactNumber: '13800138000', complaintType: 'billing-tariff' },
      }),
      desk.make('form.submit', form, {}),
    ];
    expect(await outcomes(batch, desk.session)).toEqual([
      'applied',
      'applied',
      'fields-missing',
      'applied',
      'postponed',
    ]);
    expect(await outcomes(settled, desk.session)).toEqual(['applied', 'applied']);
    const once = await formNow(form);
    // The reason for the refusal is gone by now; the answer is the first one all the same.
    for (const _again of [2, 3]) {
      expect(await outcomes([...batch, ...settled], desk.session)).toEqual([
        ...['repeated', 'repeated', 'fields-missing', 'repeated', 'postponed'],
        ...['repeated', 'repeated'],
      ]);
    }
    expect(await formNow(form)).toEqual(once);
    expect(once?.history).toHaveLength(4);
  });

  test('P2 what was made behind a refused operation waits with its form, in whichever push it comes with it', async () => {
    const desk = await signInAt(records, agent);
    const [form, other] = [newId(), newId()];
    const submit = desk.make('form.submit', form, {});
    const [note, more] = [1, 2].map((n) => desk.make('form.note', form, { text: `${n}` }));
    const batch = [desk.open(form), submit, note, desk.open(other), more];
    const answers = await push.take(batch, desk.session);
    expect(answers.results.map(({ outcome }) => outcome)).toEqual([
      ...['applied', 'rejected', 'postponed', 'applied', 'postponed'],
    ]);
    const behind = { outcome: 'postponed', behind: submit.id };
    expect(answers.results[2]).toEqual({ id: note?.id, ...behind });
    expect(answers.results[4]).toEqual({ id: more?.id, ...behind });
    // The answer was lost: the same push again is answered alike.
    expect((await push.take(batch, desk.session)).results.slice(1, 3)).toEqual(answers.results.slice(1, 3));
    // Settled: the refused one is not sent any more.
    expect(await outcomes([note, more], desk.session)).toEqual(['applied', 'applied']);
    expect(await outcomes(batch, desk.session)).toEqual([
      ...['repeated', 'fields-missing', 'repeated', 'repeated', 'repeated'],
    ]);
  });

  test('P2 two desks taking turns on one form: other fields merge, the same field is refused', async () => {
    const one = await signInAt(records, agent);
    const two = await signInAt(records, otherAgent);
    const form = newId();
    const edit = (desk: typeof one, from: object, to: object) => desk.make('form.edit', form, { from, to });
    expect(await outcomes([one.open(form)], one.session)).toEqual(['applied']);
    expect(await outcomes([edit(two, { callerName: '' }, { callerName: '刘女士' })], two.session)).toEqual(['applied']);
    expect(await outcomes([edit(one, { text: '' }, { text: '断网' })], one.session)).toEqual(['applied']);
    expect(await outcomes([edit(two, { text: '' }, { text: '慢' })], two.session)).toEqual([
      'fields-changed-meanwhile',
    ]);
    expect((await formNow(form))?.fields).toMatchObject({ callerName: '刘女士', text: '断网' });
  });

  test('P2 one unreadable operation holds back none of the others', async () => {
    const desk = await signInAt(records, agent);
    const form = newId();
    const batch = [
      null,
      'nonsense',
      { id: 7 },
      { id: 'x'.repeat(100) },
      desk.open(form),
      { ...desk.open(form), kind: 'form.burn' },
    ];
    expect(await outcomes(batch, desk.session)).toEqual([
      'unreadable',
      'unreadable',
      'unreadable',
      'unreadable',
      'applied',
      'unreadable',
    ]);
    expect(await formNow(form)).toBeDefined();
  });

  test('an operation of another author or another desk is refused and may come again under its own session', async () => {
    const mine = await signInAt(records, agent);
    const others = await signInAt(records, otherAgent);
    const operation = mine.open(newId());
    expect(await outcomes([operation], others.session)).toEqual(['not-allowed']);
    const elsewhere = await signInAt(records, agent);
    expect(await outcomes([operation], elsewhere.session)).toEqual(['not-allowed']);
    expect(await outcomes([operation], mine.session)).toEqual(['applied']);
  });

  test('an author without the right is refused by the domain', async () => {
    const desk = await signInAt(records, department);
    expect(await outcomes([desk.open(newId())], desk.session)).toEqual(['not-allowed']);
  });

  test('P2 a number taken by another operation is refused in words, never answered as a repeat', async () => {
    const desk = await signInAt(records, agent);
    const first = desk.open(newId());
    expect(await outcomes([first], desk.session)).toEqual(['applied']);
    const sameSeq = { ...desk.open(newId()), seq: first.seq };
    const sameId = { ...desk.open(newId()), id: first.id };
    expect(await outcomes([sameSeq, sameSeq], desk.session)).toEqual(['sequence-taken', 'sequence-taken']);
    expect(await formNow(sameSeq.form)).toBeUndefined();
    // Nothing of it is recorded: the desk takes a new name and sends it again.
    const anew = await signInAt(records, agent);
    expect(await outcomes([{ ...sameSeq, device: anew.session.device }], anew.session)).toEqual(['applied']);
    // Under the same id another operation: not even a new name makes an honest one of it.
    expect(await outcomes([sameId], desk.session)).toEqual(['unreadable']);
  });

  test('P2 after a gap in the numbers work goes on, and what was held back is applied when it comes', async () => {
    const desk = await signInAt(records, agent);
    const form = newId();
    const [open, early, late] = [
      desk.open(form),
      desk.make('form.note', form, { text: 'held back' }),
      desk.make('form.note', form, { text: 'sent first' }),
    ];
    expect(await outcomes([open, late], desk.session)).toEqual(['applied', 'applied']);
    expect(await outcomes([early], desk.session)).toEqual(['applied']);
    expect((await formNow(form))?.notes.map((note) => note.text)).toEqual(['sent first', 'held back']);
  });

  test('text that PostgreSQL itself would refuse is kept as it was written', async () => {
    const desk = await signInAt(records, agent);
    const form = newId();
    const odd = { callerName: 'a\u0000b', contactNumber: '\u0000138', text: 'half an emoji \ud83d' };
    const batch = [
      desk.open(form),
      desk.make('form.edit', form, { from: { callerName: '', contactNumber: '', text: '' }, to: odd }),
    ];
    expect(await outcomes(batch, desk.session)).toEqual(['applied', 'applied']);
    expect((await formNow(form))?.fields).toMatchObject(odd);
  });

  test('a form opened twice at once by two desks is opened once', async () => {
    const one = await signInAt(records, agent);
    const two = await signInAt(records, otherAgent);
    const form = newId();
    const answers = await Promise.all([
      outcomes([one.open(form)], one.session),
      outcomes([two.open(form)], two.session),
    ]);
    expect(answers.flat().toSorted()).toEqual(['applied', 'form-exists']);
    expect((await formNow(form))?.history).toHaveLength(1);
  });

  test('P2 a pull never passes a change by while many desks write at once', async () => {
    const writers = await Promise.all(Array.from({ length: 8 }, () => signInAt(records, agent)));
    const forms = writers.map(() => [newId(), newId(), newId()]);
    const start = await pullChanges(records.db, 0, 500);
    let cursor = start.cursor;
    const seen = new Map<string, number>();
    let writing = true;
    const reader = (async () => {
      for (;;) {
        const wasWriting = writing;
        const pulled = await pullChanges(records.db, cursor, 3);
        for (const change of pulled.changes) {
          expect(change.cursor).toBeGreaterThan(cursor);
          cursor = change.cursor;
          seen.set(change.form.id, change.form.history.length);
        }
        if (!wasWriting && !pulled.more) return;
      }
    })();
    await Promise.all(
      writers.map(async (desk, index) => {
        for (const form of forms[index] ?? []) {
          await push.take([desk.open(form)], desk.session);
          const notes = [1, 2, 3].map((n) => desk.make('form.note', form, { text: `note ${n}` }));
          await push.take(notes, desk.session);
        }
      }),
    );
    writing = false;
    await reader;
    const all = forms.flat();
    expect([...seen.keys()].filter((form) => all.includes(form))).toHaveLength(all.length);
    for (const form of all) expect(seen.get(form)).toBe(4);
  });

  test('tidying up waits for its turn among those who write', async () => {
    const desk = await signInAt(records, agent);
    const form = newId();
    const [taken] = await Promise.all([
      outcomes([desk.open(form), desk.make('form.note', form, { text: 'x' })], desk.session),
      records.tidyUp(),
    ]);
    expect(taken).toEqual(['applied', 'applied']);
  });

  test('operations, changes and audit take no rewriting', async () => {
    for (const table of ['operations', 'changes', 'audit'] as const) {
      await expect(records.db.deleteFrom(table).execute()).rejects.toThrow('append-only');
    }
    await expect(sql`update audit set at = 0`.execute(records.db)).rejects.toThrow('append-only');
    await expect(sql`truncate changes`.execute(records.db)).rejects.toThrow('append-only');
  });
});
