import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldText, wordsOf } from '../../../domain/search/fold-text.ts';
import { soughtGrams } from '../../../domain/search/grams.ts';
import { searchable } from '../../../domain/search/searchable.fixture.ts';
import { type Database, openDatabase } from '../database.ts';
import { createTextIndex } from './text-index.ts';

interface Article {
  readonly title: string;
  readonly body: string;
}

const columns = ['title', 'body'] as const;
const index = createTextIndex({
  table: 'note_search',
  texts: 'notes',
  columns,
});

const withNotes = (): Database => {
  const database = openDatabase(':memory:', 'plain');
  database.write((writes) => {
    writes.run('CREATE TABLE notes (key INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL) STRICT');
    writes.run(`CREATE VIRTUAL TABLE note_search USING fts5(grams, content = '', contentless_delete = 1,
                detail = none, tokenize = 'ascii')`);
  });
  return database;
};

const keep = (database: Database, key: number, written: Article): void =>
  database.write((writes) => {
    const note = { title: foldText(written.title), body: foldText(written.body) };
    writes.run(
      'INSERT INTO notes VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET title = excluded.title, body = excluded.body',
      ...[key, note.title, note.body],
    );
    index.put(writes, key, note);
  });

const find = (database: Database, query: string, limit = 1_000) =>
  database.read((reads) => index.find(reads, query, limit));

test('D1 words in the title come first, then words anywhere, the newest first', () => {
  const database = withNotes();
  keep(database, 1, { title: '宽带掉线的处理', body: '' });
  keep(database, 2, { title: '宽带', body: '掉线' });
  keep(database, 3, { title: '资费', body: '宽带掉线' });
  keep(database, 4, { title: '掉线宽带', body: '' });
  keep(database, 5, { title: '光猫', body: 'WiFi 5G' });
  expect(find(database, '宽带 掉线')).toEqual([4, 1, 3, 2]);
  expect(find(database, '宽带掉线')).toEqual([1, 3]);
  expect(find(database, '宽带 掉线', 2)).toEqual([4, 1]);
  expect(find(database, 'wif')).toEqual([5]);
  expect(find(database, '')).toEqual([]);
  database.write((writes) => index.remove(writes, 3));
  keep(database, 1, { title: '新的', body: '' });
  expect(find(database, '宽带掉线')).toEqual([]);
  database.close();
});

test("D1 what a condition shuts out takes nobody else's place", () => {
  const database = withNotes();
  for (let key = 1; key <= 9; key += 1) keep(database, key, { title: key % 2 ? '宽带' : '', body: '宽带掉线' });
  const under = (limit: number, query: string) =>
    database.read((reads) => index.find(reads, query, limit, [['notes.key < ?', 7]]));
  expect(under(4, '宽带')).toEqual([5, 3, 1, 6]);
  expect(under(2, '宽带掉线')).toEqual([6, 5]);
  database.close();
});

test('D1 finds what has every word somewhere, after any writing over and removing', () => {
  const note = fc.record({ title: searchable, body: searchable });
  const step = fc.record({ key: fc.integer({ min: 1, max: 70 }), note: fc.option(note) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), fc.array(searchable, { maxLength: 10 }), (steps, queries) => {
      const database = withNotes();
      const kept = new Map<number, Article>();
      for (const one of steps) {
        if (one.note) {
          keep(database, one.key, one.note);
          kept.set(one.key, one.note);
        } else {
          database.write((writes) => {
            index.remove(writes, one.key);
            index.tidy(writes);
          });
          kept.delete(one.key);
        }
      }
      for (const query of queries) {
        const words = wordsOf(query);
        const looked = words.some((word) => soughtGrams(word).size > 0);
        const truth = [...kept].filter(([, text]) =>
          words.every((word) => columns.some((column) => foldText(text[column]).includes(word))),
        );
        const keys = looked ? truth.map(([key]) => key).sort((a, b) => a - b) : [];
        expect([...find(database, query)].sort((a, b) => a - b)).toEqual(keys);
      }
      database.close();
    }),
    { numRuns: 60 },
  );
});
