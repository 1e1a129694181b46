import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Form } from '../../domain/forms/form.ts';
import { evictForms } from './evict-forms.ts';
import { author, inFolder, onStore, openTestCache } from './testing/cache-with-desk.ts';
import { writtenForm } from './testing/written-form.ts';
import { performAction } from './work-form.ts';

const day = 86_400_000;
const now = 1_000 * day;

const closed = (changedAt: number): Form => {
  const form = writtenForm({ changedAt, kind: 'fault', work: { state: 'none' } }, { text: '旧事' });
  return { ...form, status: 'submitted', procedure: { ...form.procedure, stage: 'booked' } };
};

const kept = (cache: ReturnType<typeof openTestCache>): readonly string[] =>
  cache.database
    .read((reads) => reads.all(z.object({ id: z.string() }), 'SELECT id FROM forms ORDER BY changed_at'))
    .map(({ id }) => id);

test('P2 what is closed and too old goes, but nothing that somebody works on or that the centre has not got', () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const [old, touched, young] = [closed(now - 400 * day), closed(now - 399 * day), closed(now - 10 * day)];
    const open = writtenForm({ changedAt: now - 500 * day, kind: 'complaint' }, {});
    onStore(cache, (store) => {
      for (const [at, form] of [old, touched, young, open].entries()) store.putSharedForm(form, at + 1);
    });
    const noted = cache.database.write((writes) =>
      performAction(writes, author(), { form: touched.id, kind: 'form.note', payload: { text: '再看' } }),
    );
    expect(noted.ok).toBe(true);
    const rules = { closedForDays: 365, mostForms: 1_000 };
    expect(cache.database.write((writes) => evictForms(writes, rules, now))).toEqual({ isMore: false });
    expect(new Set(kept(cache))).toEqual(new Set([open.id, touched.id, young.id]));
    expect(onStore(cache, (store) => store.pending())).toHaveLength(1);
    // Once somebody changes it, it is here again.
    onStore(cache, (store) => store.putSharedForm({ ...old, changedAt: now }, 9));
    expect(kept(cache)).toContain(old.id);
    cache.database.close();
  }));

test('P2 over the count the forms last changed stay; one evicted is found by no search', () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const forms = Array.from({ length: 450 }, (_, at) => closed(now - (450 - at) * 1_000));
    onStore(cache, (store) => {
      for (const [at, form] of forms.entries()) store.putSharedForm(form, at + 1);
    });
    const rules = { closedForDays: 365, mostForms: 100 };
    const lots = [1, 2, 3].map(() => cache.database.write((writes) => evictForms(writes, rules, now)).isMore);
    expect(lots).toEqual([true, false, false]);
    expect(kept(cache)).toEqual(forms.slice(-100).map(({ id }) => id));
    const left = cache.database.read((reads) =>
      reads.first(z.object({ n: z.int() }), 'SELECT count(*) AS n FROM form_texts'),
    );
    expect(left).toEqual({ n: 100 });
    cache.database.close();
  }));
