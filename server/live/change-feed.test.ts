import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../contract/sync.ts';
import { createChangeFeed, type Stretch } from './change-feed.ts';
import { changeOf, createHandClock } from './changes.fixture.ts';

/** A change log that a feed reads from, and what it tells. */
const start = (from = 0, tell: (stretch: Stretch) => Promise<void> = async () => undefined) => {
  const timers = createHandClock();
  const log: Change[] = Array.from({ length: from }, (_, at) => changeOf(at + 1, `before-${at}`));
  const told: Stretch[] = [];
  const reads: (readonly [number, number])[] = [];
  const warnings: string[] = [];
  const feed = createChangeFeed({
    from,
    headCursor: async () => log.length,
    readBetween: async (after, upTo, limit) => {
      reads.push([after, upTo]);
      const latest = new Map(log.map((one) => [one.form.id, one]));
      return [...latest.values()]
        .filter(({ cursor }) => cursor > after && cursor <= upTo)
        .toSorted((a, b) => a.cursor - b.cursor)
        .slice(0, limit);
    },
    tell: async (stretch) => {
      await tell(stretch);
      told.push(stretch);
    },
    timers,
    warn: (_facts, message) => warnings.push(message),
    restMs: () => 100,
    lookMs: 5_000,
  });
  /** Takes place at the centre; heard of only by `feed.hear`. */
  const commit = (form: string): Change => {
    const change = changeOf(log.length + 1, form);
    log.push(change);
    return change;
  };
  const cursors = () =>
    told.map(({ after, upTo, changes }) => ({
      ...{ after, upTo },
      cursors: changes === 'too-many' ? changes : changes.map(({ cursor }) => cursor),
    }));
  return { feed, timers, log, told, reads, warnings, commit, cursors };
};

describe('P2 the row of stretches', () => {
  test('a change is told at once, and what is heard within the tick after it goes together, each form at its latest', async () => {
    const { feed, timers, commit, cursors, told } = start(6);
    feed.hear(commit('a'));
    await timers.pass(0);
    expect(cursors()).toEqual([{ after: 6, upTo: 7, cursors: [7] }]);
    for (const form of ['a', 'b', 'a', 'c', 'b']) feed.hear(commit(form));
    await timers.pass(99);
    expect(told).toHaveLength(1);
    await timers.pass(1);
    expect(cursors().slice(1)).toEqual([{ after: 7, upTo: 12, cursors: [10, 11, 12] }]);
    await timers.pass(60_000);
    expect(told).toHaveLength(2);
    feed.hear(commit('a'));
    await timers.pass(0);
    expect(cursors().slice(2)).toEqual([{ after: 12, upTo: 13, cursors: [13] }]);
  });

  test('what is heard out of order goes in order, and what is heard again goes once', async () => {
    const { feed, timers, commit, cursors } = start();
    const [one, two, three] = [commit('a'), commit('b'), commit('c')];
    for (const change of [three, one, two, one]) feed.hear(change);
    await timers.pass(100);
    feed.hear(two);
    await timers.pass(1_000);
    expect(cursors()).toEqual([{ after: 0, upTo: 3, cursors: [1, 2, 3] }]);
  });

  test('a gap is waited for until the next tick, and then read', async () => {
    const { feed, timers, commit, cursors, reads } = start();
    const [one, two, three] = [commit('a'), commit('b'), commit('c')];
    feed.hear(one);
    feed.hear(three);
    await timers.pass(99);
    expect(cursors()).toEqual([{ after: 0, upTo: 1, cursors: [1] }]);
    feed.hear(two);
    await timers.pass(100);
    expect(cursors().slice(1)).toEqual([{ after: 1, upTo: 3, cursors: [2, 3] }]);
    expect(reads).toEqual([]);

    commit('d');
    feed.hear(commit('e'));
    await timers.pass(100);
    expect(cursors()).toHaveLength(2);
    await timers.pass(100);
    expect(cursors().slice(2)).toEqual([{ after: 3, upTo: 5, cursors: [4, 5] }]);
    expect(reads).toEqual([[3, 5]]);
  });

  test('a form that is changed again behind a stretch that is read comes with its next change', async () => {
    const { feed, timers, commit, cursors } = start();
    commit('a');
    feed.hear(commit('b'));
    await timers.pass(99);
    // By the time the records are asked.
    const later = commit('a');
    await timers.pass(100);
    feed.hear(later);
    await timers.pass(100);
    expect(cursors()).toEqual([
      { after: 0, upTo: 2, cursors: [2] },
      { after: 2, upTo: 3, cursors: [3] },
    ]);
  });

  test('what another server on the same records has changed is noticed within seconds', async () => {
    const { feed, timers, commit, cursors } = start(2);
    commit('a');
    commit('b');
    await timers.pass(5_200);
    expect(cursors()).toEqual([{ after: 2, upTo: 4, cursors: [3, 4] }]);
    commit('c');
    await timers.pass(5_200);
    expect(cursors().slice(1)).toEqual([{ after: 4, upTo: 5, cursors: [5] }]);
    await feed.stop();
    commit('d');
    await timers.pass(60_000);
    expect(cursors()).toHaveLength(2);
  });

  test.each([
    ['heard', true],
    ['read', false],
  ])('more forms than one frame is for are told of without what changed in them, be they %s', async (_, isHeard) => {
    const { feed, timers, commit, cursors } = start();
    for (let count = 0; count < 501; count += 1) {
      const change = commit(`form ${count}`);
      if (isHeard || count === 500) feed.hear(change);
    }
    await timers.pass(200);
    expect(cursors()).toEqual([{ after: 0, upTo: 501, cursors: 'too-many' }]);
    for (let count = 0; count < 501; count += 1) feed.hear(commit(`form ${count % 20}`));
    await timers.pass(200);
    expect(cursors()[1]).toMatchObject({ after: 501, upTo: 1_002, cursors: { length: 20 } });
  });

  test('a storm of changes leaves nothing out and keeps no more than it has use for', async () => {
    const { feed, timers, commit, cursors } = start();
    for (let count = 0; count < 5_000; count += 1) feed.hear(commit(`form ${count}`));
    await timers.pass(1_000);
    expect(cursors()[0]?.after).toBe(0);
    for (const [at, { after }] of cursors().entries()) if (at > 0) expect(after).toBe(cursors()[at - 1]?.upTo);
    expect(cursors().at(-1)?.upTo).toBe(5_000);
  });

  test('a stretch that could not be told is told later, with what has come since', async () => {
    let isBroken = true;
    const { feed, timers, commit, cursors, warnings } = start(0, async () => {
      if (isBroken) throw new Error('the records are away');
    });
    feed.hear(commit('a'));
    await timers.pass(100);
    expect(warnings).toEqual(['desks could not be told of changes']);
    isBroken = false;
    feed.hear(commit('b'));
    await timers.pass(5_000);
    expect(cursors()).toEqual([{ after: 0, upTo: 2, cursors: [1, 2] }]);
  });

  test('however word comes of changes, late, twice, in any order or never: the stretches chain and have each form at its latest', async () => {
    const step = fc.record({
      form: fc.integer({ min: 0, max: 5 }),
      /** Heard so many steps later; 0: never. */
      delay: fc.integer({ min: 0, max: 6 }),
      pauseMs: fc.constantFrom(0, 0, 0, 30, 100, 250),
      isTwice: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { feed, timers, log, told, commit } = start(3);
        const late: { readonly at: number; readonly change: Change }[] = [];
        for (const [at, { form, delay, pauseMs, isTwice }] of steps.entries()) {
          const change = commit(`form ${form}`);
          if (delay > 0) late.push({ at: at + delay - 1, change });
          for (const one of late) if (one.at === at || (isTwice && one.at < at)) feed.hear(one.change);
          await timers.pass(pauseMs);
        }
        await timers.pass(20_000);
        const cache = new Map<string, Change>();
        let position = 3;
        for (const { after, upTo, changes } of told) {
          expect(after).toBe(position);
          expect(upTo).toBeGreaterThan(after);
          position = upTo;
          if (changes === 'too-many') throw new Error('few enough');
          const inside = changes.map(({ cursor }) => cursor);
          expect(inside).toEqual(inside.filter((one) => one > after && one <= upTo).toSorted((a, b) => a - b));
          for (const one of changes) cache.set(one.form.id, one);
        }
        expect(position).toBe(log.length);
        expect(cache).toEqual(new Map(log.slice(3).map((one) => [one.form.id, one])));
        await feed.stop();
      }),
      { numRuns: 150 },
    );
  });
});
