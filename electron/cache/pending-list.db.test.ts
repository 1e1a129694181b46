import { expect, test } from 'vitest';
import { listPending } from './pending-list.ts';
import { takeResults } from './store/take-results.ts';
import { agent, author, inFolder, onStore, openTestCache, sendableOf } from './testing/cache-with-desk.ts';
import { openForm, performAction } from './work-form.ts';

test('P2 five thousand pending operations are listed a page at a time, form by form, with why each waits', () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const open = () => {
      const opened = cache.database.write((writes) => openForm(writes, author(), {}));
      if (!opened.ok) throw new Error(opened.error.code);
      return opened.value.id;
    };
    const note = (form: string, text: string) =>
      cache.database.write((writes) => performAction(writes, author(), { form, kind: 'form.note', payload: { text } }));
    const form = open();
    const other = open();
    note(form, '先等着');
    const sent = sendableOf(cache);
    const results = sent.map(({ id, kind }) =>
      kind === 'form.note'
        ? ({ id, outcome: 'rejected', refusal: { code: 'unreadable' } } as const)
        : ({ id, outcome: 'applied' } as const),
    );
    onStore(cache, (store) => takeResults(store, sent, results, agent));
    note(form, '等在后面');
    note(other, '别的单');
    note(form, '也等在后面');
    cache.database.write((writes) => {
      for (let count = 0; count < 5_000; count += 1) {
        const action = { form: other, kind: 'form.note', payload: { text: `第 ${count} 条` } } as const;
        writes.run(
          `INSERT INTO outbox (seq, id, form, form_number, kind, made_at, operation, state)
           VALUES (?, ?, ?, 'n', ?, 1, ?, 'pending')`,
          ...[
            1_000 + count,
            `id-${count}`,
            action.form,
            action.kind,
            JSON.stringify({ ...action, by: count === 0 ? '1002' : agent.staffNumber }),
          ],
        );
      }
    });
    const page = (offset: number) =>
      cache.database.read((reads) => listPending(reads, { limit: 100, offset }, agent.staffNumber));
    const startedAt = performance.now();
    const first = page(0);
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect(first).toMatchObject({ total: 5_003, forms: 2 });
    // Both notes of the form that waits longest, though the second was made last.
    expect(first.operations.slice(0, 4).map((one) => [one.form, one.why])).toEqual([
      [form, 'held'],
      [form, 'held'],
      [other, 'next'],
      [other, 'colleague'],
    ]);
    expect(page(5_000).operations).toHaveLength(3);
    cache.database.close();
  }));
