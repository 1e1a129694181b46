import { z } from 'zod';
import { foldText, wordsOf } from '../../../domain/search/fold-text.ts';
import { indexedGrams, saidByItsGrams } from '../../../domain/search/grams.ts';
import { matchExpression } from '../../../domain/search/match-expression.ts';
import type { Reads, Writes } from '../database.ts';

/** Full-text search over texts that another table keeps. */
export interface TextIndex<Column extends string> {
  /** Takes a text in, in place of what was there under this key. */
  readonly put: (writes: Writes, key: number, text: Readonly<Record<Column, string>>) => void;
  readonly remove: (writes: Writes, key: number) => void;
  /**
   * Keys of the texts that have every word of the query, in whatever columns: those that have them
   * all in the first column first, then in the first two, and so on; among equals the highest key first.
   */
  readonly find: (reads: Reads, query: string, limit: number) => readonly number[];
}

interface Layout<Column extends string> {
  /**
   * An FTS5 table of the migrations, its columns named as below:
   * `CREATE VIRTUAL TABLE article_search USING fts5(title, body, content = '', contentless_delete = 1,
   * detail = column, tokenize = 'ascii')`. The ascii tokenizer leaves what is not ASCII as it stands:
   * no table of Unicode within SQLite has to agree with ours.
   */
  readonly table: string;
  /** The weightiest first. */
  readonly columns: readonly [Column, ...Column[]];
  /** The text put under a key: grams alone cannot tell whether those of a longer word stand together. */
  readonly textOf: (reads: Reads, key: number) => Readonly<Record<Column, string>> | undefined;
}

const hit = z.object({ key: z.int() });
const hitsAtOnce = 50;

/** The key is an INTEGER PRIMARY KEY of the table that keeps the texts: a bare rowid may change. */
export const createTextIndex = <Column extends string>({
  table,
  columns,
  textOf,
}: Layout<Column>): TextIndex<Column> => {
  const remove = (writes: Writes, key: number): void => writes.run(`DELETE FROM ${table} WHERE rowid = ?`, key);
  return {
    put: (writes, key, text) => {
      remove(writes, key);
      writes.run(
        `INSERT INTO ${table} (rowid, ${columns.join(', ')}) VALUES (?${', ?'.repeat(columns.length)})`,
        key,
        ...columns.map((column) => [...indexedGrams(foldText(text[column]))].join(' ')),
      );
    },
    remove,
    find: (reads, query, limit) => {
      const words = wordsOf(query);
      const match = matchExpression(words);
      if (match === null) return [];
      const toCheck = words.filter((word) => !saidByItsGrams(word));
      const found = new Set<number>();
      for (const [index] of columns.entries()) {
        const within = columns.slice(0, index + 1);
        const hits = hitsOf(reads, table, `{${within.join(' ')}} : (${match})`);
        for (const key of hits) {
          if (found.size === limit) return [...found];
          if (!found.has(key) && hasWords(textOf(reads, key), within, toCheck)) found.add(key);
        }
      }
      return [...found];
    },
  };
};

/** Highest key first, read in small lots: most of a common word's hits are never looked at. */
const hitsOf = function* (reads: Reads, table: string, match: string): Generator<number> {
  let below = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const hits = reads.all(
      hit,
      `SELECT rowid AS key FROM ${table} WHERE ${table} MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ${hitsAtOnce}`,
      ...[match, below],
    );
    for (const { key } of hits) yield key;
    const last = hits.at(-1);
    if (!last || hits.length < hitsAtOnce) return;
    below = last.key;
  }
};

const hasWords = <Column extends string>(
  text: Readonly<Record<Column, string>> | undefined,
  columns: readonly Column[],
  words: readonly string[],
): boolean => {
  if (words.length === 0) return true;
  if (!text) return false;
  const folded = columns.map((column) => foldText(text[column]));
  return words.every((word) => folded.some((one) => one.includes(word)));
};
