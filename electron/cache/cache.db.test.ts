import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Form } from '../../domain/forms/form.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import { attentionCards } from './attention-cards.ts';
import { openDatabase } from './database.ts';
import { listForms } from './form-list.ts';
import { readView } from './form-views.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';
import { type Cache, openCache } from './open-cache.ts';
import { countOutbox } from './outbox.ts';
import { takeChanges } from './store/take-changes.ts';
import { takeResults } from './store/take-results.ts';
import { agent, atCentre, author, inFolder, onStore, openTestCache, testKey } from './testing/cache-with-desk.ts';
import { openForm, performAction } from './work-form.ts';

const open = ({ database }: Cache, fields: Parameters<typeof openForm>[2] = {}): Form => {
  const opened = database.write((writes) => openForm(writes, author(), fields));
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
};

const edit = ({ database }: Cache, form: string, from: object, to: object) =>
  database.write((writes) => performAction(writes, author(), { form, kind: 'form.edit', payload: { from, to } }));

const pending = (cache: Cache): readonly Operation[] => onStore(cache, (store) => store.pending());

const acknowledgeAll = (cache: Cache): void => {
  const operations = pending(cache);
  const results = operations.map(({ id }) => ({ id, outcome: 'applied' as const }));
  onStore(cache, (store) => takeResults(store, operations, results, agent));
};

test('P2 a form and its operation are written together; numbers and seq count on', () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const first = open(cache, { callerName: '张三' });
    const second = open(cache);
    expect([first.number, second.number]).toEqual(['261124-0017-001-7', '261124-0017-002-5']);
    expect(pending(cache).map(({ seq, form }) => [seq, form])).toEqual([
      [1, first.id],
      [2, second.id],
    ]);
    cache.database.close();
    const again = openTestCache(folder);
    expect(again.database.read((reads) => readView(reads, first.id))?.form).toEqual(first);
    again.database.close();
  }));

test('a refused action leaves no operation, no seq and no change', () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const form = open(cache);
    const refusedSubmit = cache.database.write((writes) =>
      performAction(writes, author(), { form: form.id, kind: 'form.submit', payload: {} }),
    );
    expect(refusedSubmit).toMatchObject({ ok: false, error: { code: 'fields-missing' } });
    expect(edit(cache, form.id, { text: '' }, { text: '话费不对' }).ok).toBe(true);
    expect(pending(cache).map(({ seq }) => seq)).toEqual([1, 2]);
    cache.database.close();
  }));

test('an acknowledged edit stays on screen until the pulled form shows it, then leaves the outbox', () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const form = open(cache);
    edit(cache, form.id, { text: '' }, { text: '话费不对' });
    const made = pending(cache);
    acknowledgeAll(cache);
    const textOnScreen = () => cache.database.read((reads) => readView(reads, form.id))?.form.fields.text;
    expect(textOnScreen()).toBe('话费不对');
    const pulled = { changes: [{ cursor: 5, form: atCentre(made) }], cursor: 5 };
    onStore(cache, (store) => takeChanges(store, pulled, agent));
    expect(textOnScreen()).toBe('话费不对');
    expect(cache.database.read((reads) => reads.all(z.object({ seq: z.int() }), 'SELECT seq FROM outbox'))).toEqual([]);
    cache.database.close();
  }));

test("another desk's change comes under this desk's pending edits", () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const form = open(cache);
    const opened = atCentre(pending(cache));
    acknowledgeAll(cache);
    edit(cache, form.id, { text: '' }, { text: '我的' });
    const theirs: Form = { ...opened, fields: { ...opened.fields, callerName: '李四' } };
    onStore(cache, (store) => takeChanges(store, { changes: [{ cursor: 2, form: theirs }], cursor: 2 }, agent));
    const view = cache.database.read((reads) => readView(reads, form.id));
    expect(view?.form.fields).toMatchObject({ callerName: '李四', text: '我的' });
    expect(view).toMatchObject({ pending: 1, attention: [] });
    cache.database.close();
  }));

test('a pending edit that no longer applies is a card at once and is sent all the same', () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const form = open(cache);
    const opened = atCentre(pending(cache));
    acknowledgeAll(cache);
    edit(cache, form.id, { text: '' }, { text: '我的' });
    const theirs: Form = { ...opened, fields: { ...opened.fields, text: '他的' } };
    onStore(cache, (store) => takeChanges(store, { changes: [{ cursor: 2, form: theirs }], cursor: 2 }, agent));
    const view = cache.database.read((reads) => readView(reads, form.id));
    expect(view?.form.fields.text).toBe('他的');
    expect(view?.attention).toMatchObject([
      { kind: 'form.edit', refusal: { code: 'fields-changed-meanwhile', fields: ['text'] } },
    ]);
    expect(pending(cache)).toHaveLength(1);
    cache.database.close();
  }));

test('a rejected operation stays with its reason until settled; what stood on it waits behind it, then has its turn', () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    const form = open(cache);
    acknowledgeAll(cache);
    edit(cache, form.id, { text: '' }, { text: '一' });
    edit(cache, form.id, { text: '一' }, { text: '二' });
    const [first] = pending(cache);
    if (!first) throw new Error('nothing pending');
    const rejected = { id: first.id, outcome: 'rejected' as const, refusal: { code: 'already-submitted' as const } };
    onStore(cache, (store) => takeResults(store, [first], [rejected], agent));
    const cards = () => cache.database.read((reads) => attentionCards(reads));
    expect(cards()).toMatchObject([
      { refusal: { code: 'already-submitted' }, behind: { count: 1, first: [{ payload: { to: { text: '二' } } }] } },
    ]);
    expect(cache.database.read(countOutbox)).toMatchObject({ pending: 1, held: 1, attention: 1 });
    onStore(cache, (store) => store.dismiss(first.id));
    expect(cards()).toMatchObject([{ refusal: { code: 'fields-changed-meanwhile' }, refusedBy: 'desk' }]);
    const kept = cache.database.read((reads) =>
      reads.all(z.object({ state: z.string() }), 'SELECT state FROM outbox WHERE id = ?', first.id),
    );
    expect(kept).toEqual([{ state: 'dismissed' }]);
    cache.database.close();
  }));

test('search finds Chinese words of two characters, digits, and takes % for a sign like any other', () =>
  inFolder((folder) => {
    const cache = openTestCache(folder);
    open(cache, { callerName: '张三', text: '宽带掉线 50%' });
    open(cache, { callerName: '李四', contactNumber: '13900000000' });
    const found = (search: string) =>
      cache.database
        .read((reads) =>
          listForms(
            reads,
            { search, status: null, inbox: null, desk: null, part: null, limit: 10, offset: 0 },
            author(),
          ),
        )
        .forms.map((one) => one.callerName);
    expect(found('掉线')).toEqual(['张三']);
    expect(found('1390 李')).toEqual(['李四']);
    expect(found('0%')).toEqual(['张三']);
    expect(found('%')).toEqual(['张三']);
    expect(found('').sort()).toEqual(['张三', '李四']);
    cache.database.close();
  }));

test('a file of a newer desk is refused and left as it is', () =>
  inFolder((folder) => {
    openTestCache(folder).database.close();
    const newer = openDatabase(join(folder, 'cache.db'), testKey);
    newer.write((writes) => writes.run(`PRAGMA user_version = ${migrations.length + 1}`));
    newer.close();
    expect(openCache(folder, testKey)).toEqual({
      ok: false,
      error: { code: 'newer-schema', found: migrations.length + 1, known: migrations.length },
    });
  }));

test('a migration that fails leaves the version before it', () =>
  inFolder((folder) => {
    const database = openDatabase(join(folder, 'x.db'), 'plain');
    expect(() =>
      migrate(database, ['CREATE TABLE a (x INTEGER) STRICT', 'CREATE TABLE b (x INTEGER) STRICT; nonsense']),
    ).toThrow();
    const tables = database.read((reads) =>
      reads.all(z.object({ name: z.string() }), "SELECT name FROM sqlite_schema WHERE type = 'table'"),
    );
    expect(tables).toEqual([{ name: 'a' }]);
    expect(database.read((reads) => reads.first(z.object({ user_version: z.int() }), 'PRAGMA user_version'))).toEqual({
      user_version: 1,
    });
    database.close();
  }));
