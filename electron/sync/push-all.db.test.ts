import { expect, test } from 'vitest';
import type { Operation } from '../../domain/forms/operations.ts';
import { ok, refused } from '../../domain/result.ts';
import type { Cache } from '../cache/open-cache.ts';
import { agent, author, inFolder, onStore, openTestCache, sendableOf } from '../cache/testing/cache-with-desk.ts';
import { openForm, performAction } from '../cache/work-form.ts';
import type { CentreLink } from './centre-link.ts';
import type { DeskDisk } from './exchange-parts.ts';
import { pushAll } from './push-all.ts';

type Answer = Awaited<ReturnType<CentreLink['push']>>;

/** A push that waits for the test to answer it. */
interface Sent {
  readonly operations: readonly Operation[];
  readonly answer: (answer: Answer) => Promise<void>;
}

/** Forms with two notes each, so that what is sent of one may be split between two pushes. */
const openForms = ({ database }: Cache, count: number): void => {
  for (let at = 0; at < count; at += 1) {
    const opened = database.write((writes) => openForm(writes, author(), {}));
    if (!opened.ok) throw new Error(opened.error.code);
    const form = opened.value.id;
    for (const text of ['一', '二'])
      database.write((writes) => performAction(writes, author(), { form, kind: 'form.note', payload: { text } }));
  }
};

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const pushing = (cache: Cache, write: DeskDisk['write'] = (work) => onStore(cache, work)) => {
  const underWay: Sent[] = [];
  const never = () => Promise.reject(new Error('nothing is asked of it'));
  const push: CentreLink['push'] = (operations) =>
    new Promise((resolve) => {
      const sent: Sent = {
        operations,
        answer: async (answer) => {
          underWay.splice(underWay.indexOf(sent), 1);
          resolve(answer);
          await settled();
        },
      };
      underWay.push(sent);
    });
  const done = pushAll(
    {
      disk: { write, writeRepeatable: write },
      centre: {
        push,
        pull: never,
        fill: never,
        bringFiles: async (operations) => ok(operations),
        signInAnew: () => undefined,
      },
      person: () => agent,
      now: () => 1,
      onFormsChanged: () => undefined,
      pushSize: 2,
    },
    new Set(),
  );
  return { underWay, done };
};

const applied = ({ operations }: Sent): Answer =>
  ok({ results: operations.map(({ id }) => ({ id, outcome: 'applied' as const })), serverTime: 1 });

test('P2 two pushes are under way at once, never with the same form, until nothing is left', () =>
  inFolder(async (folder) => {
    const cache = openTestCache(folder);
    openForms(cache, 5);
    const all = sendableOf(cache);
    const { underWay, done } = pushing(cache);
    await settled();
    const order: Operation[] = [];
    let mostAtOnce = 0;
    while (underWay.length > 0) {
      mostAtOnce = Math.max(mostAtOnce, underWay.length);
      const forms = underWay.map(({ operations }) => new Set(operations.map(({ form }) => form)));
      expect(forms.reduce((sum, { size }) => sum + size, 0)).toBe(new Set(forms.flatMap((one) => [...one])).size);
      // The one that was sent last is answered first.
      const sent = underWay.at(-1);
      if (!sent) break;
      order.push(...sent.operations);
      await sent.answer(applied(sent));
    }
    expect(await done).toEqual(ok(new Set()));
    expect(mostAtOnce).toBe(2);
    expect(sendableOf(cache)).toEqual([]);
    for (const { form } of all)
      expect(order.filter((one) => one.form === form)).toEqual(all.filter((one) => one.form === form));
    cache.database.close();
  }));

test('P2 a push that fails ends both when the other has been answered, and what that brought is kept', () =>
  inFolder(async (folder) => {
    const cache = openTestCache(folder);
    openForms(cache, 5);
    const { underWay, done } = pushing(cache);
    await settled();
    const [first, second] = underWay;
    if (!first || !second) throw new Error('two are to be under way');
    await first.answer(refused({ code: 'unreachable' }));
    expect(underWay).toEqual([second]);
    await second.answer(applied(second));
    expect(await done).toEqual(refused({ code: 'unreachable' }));
    expect(underWay).toEqual([]);
    const left = sendableOf(cache).map(({ id }) => id);
    expect(left).toHaveLength(15 - second.operations.length);
    for (const { id } of first.operations) expect(left).toContain(id);
    cache.database.close();
  }));

test('P2 what the centre will not have is looked for by one push at a time, and everything else goes up', () =>
  inFolder(async (folder) => {
    const cache = openTestCache(folder);
    openForms(cache, 5);
    const poison = sendableOf(cache)[3];
    const { underWay, done } = pushing(cache);
    await settled();
    while (underWay.length > 0) {
      const sent = underWay[0];
      if (!sent) break;
      const isPoisoned = sent.operations.some(({ id }) => id === poison?.id);
      await sent.answer(isPoisoned ? refused({ code: 'bad-request' }) : applied(sent));
    }
    expect(await done).toEqual(ok(new Set([poison?.form])));
    const left = sendableOf(cache);
    expect(left[0]).toEqual(poison);
    expect(new Set(left.map(({ form }) => form))).toEqual(new Set([poison?.form]));
    cache.database.close();
  }));

test('P2 a disk that is full when one push is answered is told once the other has been', () =>
  inFolder(async (folder) => {
    const cache = openTestCache(folder);
    openForms(cache, 5);
    let isFull = false;
    const { underWay, done } = pushing(cache, (work) => {
      if (isFull) throw new Error('disk full');
      return onStore(cache, work);
    });
    await settled();
    const told = expect(done).rejects.toThrow('disk full');
    isFull = true;
    for (const sent of [...underWay]) await sent.answer(applied(sent));
    await told;
    expect(underWay).toEqual([]);
    expect(sendableOf(cache)).toHaveLength(15);
    cache.database.close();
  }));
