import { v4 as uuidV4 } from 'uuid';
import { expect, test } from 'vitest';
import type { PushResult } from '../../../contract/sync.ts';
import type { Operation } from '../../../domain/forms/operations.ts';
import { agent, atCentre, author, inFolder, onStore, openTestCache, sendableOf } from '../testing/cache-with-desk.ts';
import { openForm, performAction } from '../work-form.ts';
import { renewDevice } from './renew-device.ts';
import { beginFill, endFill, takeFrame } from './take-changes.ts';
import { takeResults } from './take-results.ts';

const withOpenedForm = (work: (cache: ReturnType<typeof openTestCache>, opened: Operation) => void): Promise<void> =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    try {
      cache.database.write((writes) => openForm(writes, author(), {}));
      const [opened] = sendableOf(cache);
      if (!opened) throw new Error('nothing to send');
      work(cache, opened);
    } finally {
      cache.database.close();
    }
  });

const ofAnotherName = ({ id }: Operation): PushResult => ({
  id,
  outcome: 'rejected',
  refusal: { code: 'not-allowed', right: 'sync.device' },
});

test('P2 what was sent under a name this desk has no more is sent again under its new one, on no card', () =>
  withOpenedForm((cache, opened) => {
    onStore(cache, (store) => renewDevice(store));
    const taken = onStore(cache, (store) => takeResults(store, [opened], [ofAnotherName(opened)], agent));
    expect(taken).toMatchObject({ needsSession: false });
    const [again] = sendableOf(cache);
    expect(again).toMatchObject({ id: opened.id, device: onStore(cache, (store) => store.state()).device });
    expect(again?.device).not.toBe(opened.device);
  }));

test('P2 a session of another name is replaced, and nothing is refused by it', () =>
  withOpenedForm((cache, opened) => {
    const taken = onStore(cache, (store) => takeResults(store, [opened], [ofAnotherName(opened)], agent));
    expect(taken).toMatchObject({ needsSession: true });
    expect(sendableOf(cache)).toEqual([opened]);
  }));

const fillFor = (cache: ReturnType<typeof openTestCache>, scope: 'all' | `department:${string}`, head: number): void =>
  onStore(cache, (store) => {
    beginFill(store, { syncVersion: 1, rowNames: [], scope, head, forms: 0, serverTime: 1 });
    endFill(store);
  });

test('S4 a form of this desk that the scope does not bring goes once everything is pulled', () =>
  withOpenedForm((cache, opened) => {
    fillFor(cache, 'department:network', 7);
    const forget = () => onStore(cache, (store) => store.forgetUnbrought());
    expect(forget()).toEqual(new Set());
    onStore(cache, (store) => takeResults(store, [opened], [{ id: opened.id, outcome: 'repeated' }], agent));
    expect(forget()).toEqual(new Set([opened.form]));
    expect(onStore(cache, (store) => store.screenForm(opened.form))).toBeUndefined();
    expect(onStore(cache, (store) => store.standingOn(opened.form))).toEqual([]);
  }));

test('S4 a frame for another scope than the one the cache is filled for is not taken', () =>
  withOpenedForm((cache, opened) => {
    fillFor(cache, 'department:network', 7);
    const change = { cursor: 8, form: { ...atCentre([opened]), id: uuidV4() } };
    const take = (scope: 'all' | 'department:network') =>
      onStore(cache, (store) => takeFrame(store, { after: 7, upTo: 8, changes: [change], scope }, agent));
    expect(take('all')).toBeUndefined();
    expect(onStore(cache, (store) => store.state()).cursor).toBe(7);
    expect(take('department:network')).toEqual(new Set([change.form.id]));
  }));

test('P2 a copy of this desk has sent some of it first: the screen has what that brought before what goes up anew', () =>
  withOpenedForm((cache, opened) => {
    for (const text of ['一', '二'])
      cache.database.write((writes) =>
        performAction(writes, author(), { form: opened.form, kind: 'form.note', payload: { text } }),
      );
    const sent = sendableOf(cache);
    const [, first, second] = sent;
    const results = sent.map(
      (one): PushResult =>
        one === first
          ? { id: one.id, outcome: 'rejected', refusal: { code: 'sequence-taken' } }
          : { id: one.id, outcome: 'repeated' },
    );
    onStore(cache, (store) => takeResults(store, sent, results, agent));
    const shown = onStore(cache, (store) => store.screenForm(opened.form));
    expect(shown?.history.map(({ operation }) => operation)).toEqual([opened.id, second?.id, first?.id]);
    expect(sendableOf(cache).map(({ id }) => id)).toEqual([first?.id]);
  }));
