import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sentRow } from '../../contract/sync.ts';
import { usualFormRules } from '../../domain/forms/form-row.ts';
import { usualCacheRules } from '../../domain/sync/cache-rules.ts';
import { type Engine, engines } from '../records/engines.fixture.ts';
import type { Records } from '../records/open-records.ts';
import { addTestForms } from './forms.fixture.ts';
import { pushInto, seniorAgent, signInAt } from './push.fixture.ts';
import { openSnapshot } from './snapshot.ts';
import { prepareSegments, segmentsOf } from './snapshot-segments.ts';

describe.each(engines)('on $engine', ({ start }) => {
  let engine: Engine;
  let records: Records;

  beforeAll(async () => {
    engine = await start();
    records = await engine.open();
    await addTestForms(records, 2_300);
  }, 120_000);
  afterAll(async () => {
    await records?.close();
    await engine?.stop();
  });

  const prepareAll = async (): Promise<void> => {
    while (await prepareSegments(records.db, usualFormRules));
  };
  const segments = () => segmentsOf(records.db, usualFormRules);
  const open = async (place?: { readonly head: number; readonly before: number }) => {
    const parts = { db: records.db, clock: Date.now, rules: usualCacheRules, formRules: usualFormRules };
    const snapshot = await openSnapshot(parts, { roles: ['senior-agent'] }, place);
    if (!snapshot) throw new Error('refused');
    return snapshot;
  };
  /** What a desk ends with: of each form the highest cursor, as it takes them in. */
  const filled = async (
    place?: { readonly head: number; readonly before: number },
    afterMember: (count: number) => Promise<void> = () => Promise.resolve(),
  ) => {
    const snapshot = await open(place);
    const lines: string[] = [];
    let members = 0;
    for await (const member of snapshot.members()) {
      lines.push(...gunzipSync(member).toString().trimEnd().split('\n'));
      members += 1;
      await afterMember(members);
    }
    const kept = new Map<string, number>();
    for (const line of lines.slice(1, -1).filter((_, at) => at % 2 === 0)) {
      const [cursor, id] = sentRow.parse(JSON.parse(line));
      kept.set(id, Math.max(cursor, kept.get(id) ?? 0));
    }
    return kept;
  };
  const atCentre = async () =>
    new Map(
      (await records.db.selectFrom('forms').select(['id', 'cursor']).execute()).map((row) => [row.id, row.cursor]),
    );

  test('P2 whole thousands lie ready, the rest is read, and a desk has each form as it is', async () => {
    await prepareAll();
    expect(await segments()).toEqual([
      { hi: 2_000, lo: 1_001 },
      { hi: 1_000, lo: 1 },
    ]);
    expect(await filled()).toEqual(await atCentre());
  });

  test('P2 where nothing is left out, what lies ready is sent as it lies', async () => {
    const ready = await records.db.selectFrom('snapshot_segments').select('packed').orderBy('hi', 'desc').execute();
    const sent: Uint8Array[] = [];
    for await (const member of (await open()).members()) sent.push(member);
    // Before them the head and what is not packed yet, after them the end.
    expect(sent.slice(2, -1).map((member) => Buffer.from(member))).toEqual(
      ready.map(({ packed }) => Buffer.from(packed)),
    );
  });

  test('P2 a form changed after it was packed comes in its new state; resumed anywhere nothing is missing', async () => {
    const push = pushInto(records, { clock: Date.now });
    const desk = await signInAt(records, seniorAgent);
    const ids = [...(await atCentre())].filter(([, cursor]) => cursor % 7 === 0 && cursor < 1_900).map(([id]) => id);
    for (let from = 0; from < ids.length; from += 100) {
      const notes = ids.slice(from, from + 100).map((id) => desk.make('form.note', id, { text: '再次来电' }));
      const { results } = await push.take(notes, desk.session);
      expect(results.every(({ outcome }) => outcome === 'applied')).toBe(true);
    }
    const now = await atCentre();
    expect(await filled()).toEqual(now);
    const head = Math.max(...now.values());
    for (const before of [2_150, 2_001, 2_000, 1_500, 1_001, 2]) {
      const rest = await filled({ head, before });
      for (const [id, cursor] of now) if (cursor < before) expect(rest.get(id)).toBe(cursor);
    }
  });

  test('P2 segments that are packed into others while a fill is on its way leave no gap in it', async () => {
    const ready = await segments();
    const gone: number[] = [];
    const oldest = Math.min(...(await atCentre()).values());
    // With a closed form at the end of what is kept, nothing below is looked through again.
    const liesAt = (desk: 'author' | 'nobody') =>
      records.db.updateTable('forms').set({ desk }).where('cursor', '=', oldest).execute();
    await liesAt('nobody');
    const kept = await filled(undefined, async (count) => {
      if (count !== 2) return;
      gone.push(...(await segments()).map(({ hi }) => hi));
      await records.db.deleteFrom('snapshot_segments').execute();
    });
    expect(gone).toEqual(ready.map(({ hi }) => hi));
    expect(kept).toEqual(await atCentre());
    await liesAt('author');
    await prepareAll();
  });

  test('P2 a segment that is mostly out of date is packed anew; other rules make all anew', async () => {
    const before = (await records.db.selectFrom('snapshot_segments').select(['hi', 'forms']).execute()).length;
    const push = pushInto(records, { clock: Date.now });
    const desk = await signInAt(records, seniorAgent);
    const low = [...(await atCentre())].filter(([, cursor]) => cursor <= 1_000).slice(0, 700);
    for (let from = 0; from < low.length; from += 100) {
      const notes = low.slice(from, from + 100).map(([id]) => desk.make('form.note', id, { text: '又来电' }));
      await push.take(notes, desk.session);
    }
    await prepareAll();
    const counted = await records.db
      .selectFrom('snapshot_segments')
      .select(['hi', 'lo', 'forms'])
      .orderBy('lo')
      .execute();
    expect(counted.length).toBeGreaterThanOrEqual(before - 1);
    // Without a gap from the first change to the top.
    for (const [at, { lo }] of counted.entries()) expect(lo).toBe((counted[at - 1]?.hi ?? 0) + 1);
    for (const { hi, lo, forms } of counted) {
      const live = [...(await atCentre()).values()].filter((cursor) => cursor >= lo && cursor <= hi).length;
      expect(live * 2).toBeGreaterThanOrEqual(forms);
    }
    expect(await filled()).toEqual(await atCentre());
    const others = { ...usualFormRules, callbacks: { ...usualFormRules.callbacks, maxTries: 2 } };
    expect(await segmentsOf(records.db, others)).toEqual([]);
    await prepareSegments(records.db, others);
    expect(await segments()).toEqual([]);
  });
});
