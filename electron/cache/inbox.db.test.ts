import { expect, test, vi } from 'vitest';
import type { InboxCounts, RequestInput } from '../../contract/ipc.ts';
import type { Form } from '../../domain/forms/form.ts';
import type { FormAction, Operation } from '../../domain/forms/operations.ts';
import { origins } from '../../domain/forms/origin.fixture.ts';
import type { Origin } from '../../domain/forms/origin.ts';
import type { Role } from '../../domain/people/roles.ts';
import { createCountWatch } from './count-watch.ts';
import { listForms } from './form-list.ts';
import { readView } from './form-views.ts';
import { countInboxes } from './inbox-counts.ts';
import type { Cache } from './open-cache.ts';

import { takeChanges } from './store/take-changes.ts';
import { takeResults } from './store/take-results.ts';
import { atCentre, author, cameIn, inFolder, onStore, openTestCache, sendableOf } from './testing/cache-with-desk.ts';
import { openForm, performAction } from './work-form.ts';

const clerk: readonly Role[] = ['text-clerk', 'recording-clerk'];
const now = author().now;
const me = { ...author(), roles: clerk };

let cursor = 0;
const pull = (cache: Cache, ...forms: readonly Form[]): void => {
  const changes = forms.map((form) => {
    cursor += 1;
    return { cursor, form };
  });
  onStore(cache, (store) => takeChanges(store, { changes, cursor }, { roles: clerk }));
};
const act = ({ database }: Cache, action: FormAction) => database.write((writes) => performAction(writes, me, action));
const view = ({ database }: Cache, form: string) => database.read((reads) => readView(reads, form));
const list = ({ database }: Cache, query: Partial<RequestInput<'form.list'>> = {}, at = now) =>
  database.read((reads) =>
    listForms(
      reads,
      { search: '', status: null, inbox: null, desk: null, part: null, limit: 50, offset: 0, ...query },
      { ...me, now: at },
    ),
  ).forms;
const counts = ({ database }: Cache, at = now) => database.read((reads) => countInboxes(reads, { ...me, now: at }));

const withCache = (work: (cache: Cache) => Promise<void> | void) =>
  inFolder(async (folder) => {
    const cache = openTestCache(folder);
    try {
      await work(cache);
    } finally {
      cache.database.close();
    }
  });

test('A4 A9 each inbox shows what waits there or is claimed, who has waited longest first', () =>
  withCache((cache) => {
    const [late, early] = [cameIn(origins['e-mail'], now - 1_000), cameIn(origins.fax, now - 9_000)];
    const [message, callback] = [cameIn(origins['voice-message'], now), cameIn(origins.callback, now - 5)];
    const talk = cameIn(origins.desk, now);
    pull(cache, late, early, message, callback, talk);
    expect(list(cache, { inbox: 'text', part: 'to-do' }).map(({ id }) => id)).toEqual([early.id, late.id]);
    expect(list(cache, { inbox: 'recording', part: 'to-do' }).map(({ origin }) => origin.via)).toEqual([
      'callback',
      'voice-message',
    ]);
    expect(list(cache)).toHaveLength(5);
    expect(list(cache, { inbox: 'text', part: 'to-do', search: '宽带慢' }).map(({ id }) => id)).toEqual([late.id]);
    expect(counts(cache)).toMatchObject({ text: { waiting: 2, mine: 0 }, recording: { waiting: 2, mine: 0 } });
  }));

test('A4 a claim counts at once, is said to be tentative until the centre confirms it, and is then not', () =>
  withCache((cache) => {
    const form = cameIn(origins['e-mail'], now);
    pull(cache, form);
    expect(act(cache, { form: form.id, kind: 'form.claim', payload: {} }).ok).toBe(true);
    expect(view(cache, form.id)).toMatchObject({ form: { work: { state: 'claimed', by: '1001' } }, tentative: true });
    expect(list(cache, { part: 'mine' })).toMatchObject([{ id: form.id, tentative: true, work: { state: 'claimed' } }]);
    expect(counts(cache).text).toMatchObject({ waiting: 0, mine: 1 });
    const [claim] = sendableOf(cache, me.staffNumber);
    if (!claim) throw new Error('nothing pending');
    onStore(cache, (store) => takeResults(store, [claim], [{ id: claim.id, outcome: 'applied' }], { roles: clerk }));
    expect(view(cache, form.id)?.tentative).toBe(false);
    pull(cache, atCentre([claim], form, clerk));
    expect(view(cache, form.id)).toMatchObject({ form: { work: { state: 'claimed', by: '1001' } }, tentative: false });
  }));

test('A9 a claim made offline that comes too late is a card that says who has it; what was written stays written', () =>
  withCache((cache) => {
    const form = cameIn(origins['voice-message'], now);
    pull(cache, form);
    act(cache, { form: form.id, kind: 'form.claim', payload: {} });
    act(cache, { form: form.id, kind: 'form.transcribe', payload: { from: '', to: '您好' } });
    const [claim] = sendableOf(cache, me.staffNumber);
    const theirs = atCentre([{ ...operationOf(form, 'form.claim', {}), by: '4002' }], form, clerk);
    if (!claim) throw new Error('nothing pending');
    const taken = { code: 'claimed-already', by: '4002' } as const;
    const late = { id: claim.id, outcome: 'rejected', refusal: taken } as const;
    onStore(cache, (store) => takeResults(store, [claim], [late], { roles: clerk }));
    pull(cache, theirs);
    const seen = view(cache, form.id);
    expect(seen).toMatchObject({ form: { work: { by: '4002' }, transcript: '' }, tentative: false });
    expect(seen?.attention).toMatchObject([
      {
        kind: 'form.claim',
        refusal: taken,
        behind: { count: 1, first: [{ kind: 'form.transcribe', payload: { to: '您好' } }] },
      },
    ]);
    expect(counts(cache).recording).toMatchObject({ waiting: 0, mine: 0 });
  }));

test('A1 A4 a letter is opened with no network, its form the work of the clerk who opened it', () =>
  withCache((cache) => {
    const opened = cache.database.write((writes) =>
      openForm(writes, me, { channel: 'letter', forwardedBy: '广州市电信局' }, 'suggestion'),
    );
    if (!opened.ok) throw new Error(opened.error.code);
    expect(opened.value).toMatchObject({
      kind: 'suggestion',
      origin: { via: 'desk', channel: 'letter' },
      work: { state: 'claimed', inbox: 'text', by: '1001' },
    });
    expect(list(cache, { inbox: 'text', part: 'mine' }).map(({ id }) => id)).toEqual([opened.value.id]);
    expect(list(cache, { search: '广州市电信局' })).toHaveLength(1);
    // Nobody else can have it: there is nothing tentative about it.
    expect(view(cache, opened.value.id)?.tentative).toBe(false);
  }));

test('A4 A7 problems are found: a broken mail, a message cut short, a callback whose window is over', () =>
  withCache((cache) => {
    const { 'e-mail': mail, 'voice-message': message, callback } = origins;
    const broken: Origin = { ...mail, problem: { code: 'broken-mime', detail: 'no boundary' } };
    const short: Origin = { ...message, ending: { complete: false, reason: 'hung-up' } };
    const over: Origin = { ...callback, window: { from: now, to: now + 1_000 } };
    pull(cache, ...[mail, broken, message, short, over].map((origin) => cameIn(origin, now)));
    expect(counts(cache)).toMatchObject({ text: { problems: 1 }, recording: { problems: 1 } });
    expect(counts(cache, now + 1_001)).toMatchObject({ text: { problems: 1 }, recording: { problems: 2 } });
    expect(list(cache, { inbox: 'text', part: 'problems' }).map(({ origin }) => origin)).toEqual([broken]);
    expect(
      list(cache, { inbox: 'recording', part: 'to-do' }).find(({ origin }) => origin.via === 'callback'),
    ).toMatchObject({
      nextTryAt: now,
      problem: false,
    });
  }));

test('A4 a check-back is due for its inbox and for the one who asked, until it is answered', () =>
  withCache((cache) => {
    const form = cameIn(origins['e-mail'], now);
    pull(cache, form);
    act(cache, { form: form.id, kind: 'form.claim', payload: {} });
    const id = crypto.randomUUID();
    const asked = { id, channel: 'call', to: '13900001111', text: '哪天？', remindAt: now + 60_000 } as const;
    act(cache, { form: form.id, kind: 'form.check-back', payload: asked });
    expect(counts(cache)).toMatchObject({ checkBacksDue: 0, text: { checkBacksDue: 0 } });
    expect(counts(cache, now + 60_000)).toMatchObject({ checkBacksDue: 1, text: { checkBacksDue: 1 } });
    expect(list(cache, { inbox: 'text', part: 'check-backs' }, now + 60_000)).toMatchObject([{ id: form.id }]);
    expect(list(cache, { inbox: 'text', part: 'check-backs' })).toEqual([]);
    act(cache, { form: form.id, kind: 'form.check-back-answered', payload: { id, text: '周一' } });
    expect(counts(cache, now + 60_000)).toMatchObject({ checkBacksDue: 0, text: { checkBacksDue: 0 } });
  }));

test('the counts are told when they change, once for a burst', async () => {
  const none = { waiting: 0, mine: 0, problems: 0, checkBacksDue: 0 };
  let standing: InboxCounts = { text: none, recording: none, checkBacksDue: 0 };
  const told: number[] = [];
  const watch = createCountWatch({
    count: () => standing,
    tell: ({ text }) => told.push(text.waiting),
    pauseMs: 1,
  });
  watch.look();
  await vi.waitFor(() => expect(told).toEqual([0]));
  for (const waiting of [1, 2, 3]) {
    standing = { ...standing, text: { ...none, waiting } };
    watch.look();
  }
  await vi.waitFor(() => expect(told).toEqual([0, 3]));
  watch.look();
  watch.stop();
});

const operationOf = (form: Form, kind: 'form.claim', payload: Record<string, never>): Operation => ({
  id: '019ab000-0000-7000-8000-00000000c1a1',
  device: '11111111-1111-4111-8111-111111111111',
  seq: 1,
  form: form.id,
  madeAt: now,
  by: '4002',
  kind,
  payload,
});
