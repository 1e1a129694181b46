import { expect, test } from 'vitest';
import type { Refusal } from '../../../domain/forms/form.ts';
import type { FormAction } from '../../../domain/forms/operations.ts';
import { attentionCards, refusedOperation } from '../attention-cards.ts';
import { readForm } from '../form-views.ts';
import { checkUnmasked, type Sight } from '../masked-views.ts';
import { readMeta } from '../meta.ts';
import type { Cache } from '../open-cache.ts';
import { countOutbox } from '../outbox.ts';
import { agent, atCentre, author, inFolder, onStore, openTestCache, sendableOf } from '../testing/cache-with-desk.ts';
import { openForm, performAction } from '../work-form.ts';
import { offerAgain } from './offer-again.ts';
import { takeChanges } from './take-changes.ts';
import { takeResults } from './take-results.ts';

const sight = { ...agent, callsInHand: [], unmasked: () => [] };

const act = ({ database }: Cache, action: FormAction) => {
  const done = database.write((writes) => performAction(writes, author(), action));
  if (!done.ok) throw new Error(done.error.code);
  return done.value;
};
const edit = (cache: Cache, form: string, from: string, to: string) =>
  act(cache, { form, kind: 'form.edit', payload: { from: { callerName: from }, to: { callerName: to } } });
const note = (cache: Cache, form: string, text: string) => act(cache, { form, kind: 'form.note', payload: { text } });
const pending = (cache: Cache) => onStore(cache, (store) => store.pending());
const cards = ({ database }: Cache) => database.read((reads) => attentionCards(reads));
const again = (cache: Cache, id = '', seen: Sight = sight) => {
  const card = cache.database.read((reads) => refusedOperation(reads, id));
  if (!card) throw new Error('nothing was refused');
  return onStore(cache, (store) =>
    offerAgain(store, author(), card, (action, standing) => checkUnmasked(action, standing, seen)),
  );
};

const answerFirst = (cache: Cache, refusal: Refusal | null): void => {
  const [first] = sendableOf(cache);
  if (!first) throw new Error('nothing is pending');
  const result = refusal
    ? ({ id: first.id, outcome: 'rejected', refusal } as const)
    : ({ id: first.id, outcome: 'applied' } as const);
  onStore(cache, (store) => takeResults(store, [first], [result], agent));
};

/** A form that the centre has, in which another desk has written the name meanwhile; one's own edit is refused. */
const refusedEdit = (cache: Cache) => {
  const opened = cache.database.write((writes) => openForm(writes, author(), {}));
  if (!opened.ok) throw new Error(opened.error.code);
  const form = opened.value.id;
  const [open] = pending(cache);
  if (!open) throw new Error('nothing was opened');
  answerFirst(cache, null);
  edit(cache, form, '', '王小明');
  const theirs = atCentre([
    open,
    {
      ...{
        ...open,
        id: '019ab000-0000-7000-8000-000000000001',
        seq: 1,
        device: '5a8f0d5e-6f5e-4e3e-8f5e-0d5e6f5e4e3e',
      },
      ...{ kind: 'form.edit', payload: { from: { callerName: '' }, to: { callerName: '黄先生' } } },
    },
  ]);
  onStore(cache, (store) => takeChanges(store, { changes: [{ cursor: 1, form: theirs }], cursor: 1 }, agent));
  note(cache, form, '先等着');
  answerFirst(cache, { code: 'fields-changed-meanwhile', fields: ['callerName'] });
  return { form, theirs };
};

test('P2 what was made before a refused operation keeps its number: it may be on its way', () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const { form } = refusedEdit(cache);
    const [waiting] = pending(cache);
    if (!waiting) throw new Error('nothing waits');
    const before = onStore(cache, (store) => {
      // As a colleague left it who worked here before.
      const made = {
        ...waiting,
        id: '019ab000-0000-7000-8000-000000000002',
        seq: 1,
        kind: 'form.note' as const,
        payload: { text: '更早' },
      };
      store.append(made, '');
      return made;
    });
    expect(again(cache, cards(cache)[0]?.id)).toEqual({ ok: true, value: undefined });
    expect(pending(cache).map(({ seq, kind }) => [seq, kind])).toEqual([
      [before.seq, 'form.note'],
      [4, 'form.edit'],
      [5, 'form.note'],
    ]);
    expect(pending(cache).every((one) => one.form === form)).toBe(true);
  }));

test('P2 a refused edit is offered again over what stands there now, and what waited follows it', () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const { form } = refusedEdit(cache);
    edit(cache, form, '黄先生', '黄先生（转述）');
    const [card] = cards(cache);
    expect(cards(cache)).toHaveLength(1);
    expect(card).toMatchObject({
      refusedBy: 'centre',
      payload: { from: { callerName: '' }, to: { callerName: '王小明' } },
      centre: { fields: { callerName: '黄先生' } },
      behind: { count: 2, first: [{ kind: 'form.note' }, { kind: 'form.edit' }] },
    });
    expect(cache.database.read(countOutbox)).toMatchObject({ pending: 2, held: 2, attention: 1 });
    const { next_seq: nextSeq } = cache.database.read(readMeta);

    expect(again(cache, card?.id)).toEqual({ ok: true, value: undefined });
    const sent = pending(cache);
    expect(sent.map(({ kind }) => kind)).toEqual(['form.edit', 'form.note', 'form.edit']);
    expect(sent[0]?.payload).toEqual({ from: { callerName: '黄先生' }, to: { callerName: '王小明' } });
    expect(sent.every(({ seq }) => seq >= nextSeq)).toBe(true);
    // The later edit saw another name: it shows as one that the centre will hardly take.
    expect(cards(cache)).toMatchObject([{ refusedBy: 'desk', refusal: { code: 'fields-changed-meanwhile' } }]);
    expect(cache.database.read((reads) => readForm(reads, form))?.fields.callerName).toBe('王小明');
    cache.database.close();
  }));

test('P2 what the desk itself refuses again stays on its card, and nothing else moves', () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const { form, theirs } = refusedEdit(cache);
    const submitted = { ...theirs, status: 'submitted', procedure: { ...theirs.procedure, stage: 'senior' } } as const;
    onStore(cache, (store) => takeChanges(store, { changes: [{ cursor: 2, form: submitted }], cursor: 2 }, agent));
    const before = { cards: cards(cache), pending: pending(cache) };
    expect(again(cache, before.cards[0]?.id)).toMatchObject({ ok: false, error: { code: 'masked' } });
    const open = { ...sight, unmasked: () => ['callerName', 'contactNumber', 'account', 'idNumber'] as const };
    const offered = again(cache, before.cards[0]?.id, open);
    expect(offered).toMatchObject({ ok: false, error: { code: 'already-submitted' } });
    expect({ cards: cards(cache), pending: pending(cache) }).toEqual(before);
    expect(cache.database.read((reads) => readForm(reads, form))?.fields.callerName).toBe('黄先生');
    cache.database.close();
  }));

test('P2 a refused opening is offered again before what was written on the form', () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const opened = cache.database.write((writes) => openForm(writes, author(), { callerName: '张三' }));
    if (!opened.ok) throw new Error(opened.error.code);
    note(cache, opened.value.id, '要求回电');
    answerFirst(cache, { code: 'unreadable' });
    expect(cache.database.read((reads) => readForm(reads, opened.value.id))).toBeUndefined();
    const [card] = cards(cache);
    expect(card).toMatchObject({ kind: 'form.open', centre: null, behind: { count: 1 } });
    expect(again(cache, card?.id).ok).toBe(true);
    expect(pending(cache).map(({ kind, seq }) => [kind, seq])).toEqual([
      ['form.open', 3],
      ['form.note', 4],
    ]);
    expect(cache.database.read((reads) => readForm(reads, opened.value.id))?.notes).toHaveLength(1);
    cache.database.close();
  }));

test('what somebody else has written alike meanwhile is put away, with nothing to send', () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const { theirs } = refusedEdit(cache);
    const alike = { ...theirs, fields: { ...theirs.fields, callerName: '王小明' } };
    onStore(cache, (store) => takeChanges(store, { changes: [{ cursor: 2, form: alike }], cursor: 2 }, agent));
    expect(again(cache, cards(cache)[0]?.id)).toEqual({ ok: true, value: undefined });
    expect(cards(cache)).toEqual([]);
    expect(pending(cache).map(({ kind }) => kind)).toEqual(['form.note']);
    cache.database.close();
  }));
