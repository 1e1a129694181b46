import { z } from 'zod';
import { wordsOf } from '../../../domain/search/fold-text.ts';
import { indexedGrams, saidByItsGrams } from '../../../domain/search/grams.ts';
import { matchExpression } from '../../../domain/search/match-expression.ts';
import type { Reads, Writes } from '../database.ts';
import type { SqlCondition } from './search-forms.ts';

/** Full-text search over texts that another table keeps. */
export interface TextIndex<Column extends string> {
  /** Takes a folded text (`foldText`) in, in place of what was there under this key. */
  readonly put: (writes: Writes, key: number, folded: Readonly<Record<Column, string>>) => void;
  readonly remove: (writes: Writes, key: number) => void;
  /**
   * Keys of the texts that have every word of the query, in whatever columns, and for which `conditions`
   * hold: those that have them all in the first column first, then in the first two, and so on; among
   * equals the highest key first.
   */
  readonly find: (
    reads: Reads,
    query: string,
    limit: number,
    conditions?: readonly SqlCondition[],
  ) => readonly number[];
}

interface Layout<Column extends string> {
  /**
   * An FTS5 table of the migrations, its columns named as below:
   * `CREATE VIRTUAL TABLE article_search USING fts5(title, body, content = '', contentless_delete = 1,
   * detail = column, tokenize = 'ascii')`. The ascii tokenizer leaves what is not ASCII as it stands:
   * no table of Unicode within SQLite has to agree with ours.
   */
  readonly table: string;
  /**
   * The table that keeps the texts, folded, in columns of the same names, under an INTEGER PRIMARY KEY named
   * `key` (a bare rowid may change). Grams alone cannot tell whether those of a longer word stand together.
   */
  readonly texts: string;
  /** The weightiest first. */
  readonly columns: readonly [Column, ...Column[]];
}

const hit = z.object({ key: z.int() });

export const createTextIndex = <Column extends string>(layout: Layout<Column>): TextIndex<Column> => {
  const { table, texts, columns } = layout;
  const remove = (writes: Writes, key: number): void => writes.run(`DELETE FROM ${table} WHERE rowid = ?`, key);
  return {
    put: (writes, key, folded) => {
      remove(writes, key);
      writes.run(
        `INSERT INTO ${table} (rowid, ${columns.join(', ')}) VALUES (?${', ?'.repeat(columns.length)})`,
        ...[key, ...columns.map((column) => [...indexedGrams(folded[column])].join(' '))],
      );
    },
    remove,
    find: (reads, query, limit, conditions = []) => {
      const words = wordsOf(query);
      const match = matchExpression(words);
      if (match === null) return [];
      const found = new Set<number>();
      for (const [index] of columns.entries()) {
        if (found.size >= limit) break;
        const within = columns.slice(0, index + 1);
        const asked = [...conditions, ...words.filter((word) => !saidByItsGrams(word)).map(standsIn(layout, within))];
        const source = asked.length > 0 ? `${table} CROSS JOIN ${texts} ON ${texts}.key = ${table}.rowid` : table;
        // What an earlier round has found is among these again: with it there are enough.
        const hits = reads.all(
          hit,
          `SELECT ${table}.rowid AS key FROM ${source}
           WHERE ${[`${table} MATCH ?`, ...asked.map(([sql]) => sql)].join(' AND ')}
           ORDER BY ${table}.rowid DESC LIMIT ?`,
          ...[`{${within.join(' ')}} : (${match})`, ...asked.flatMap(([, ...values]) => values), limit],
        );
        for (const { key } of hits) found.add(key);
      }
      return [...found].slice(0, limit);
    },
  };
};

const standsIn =
  <Column extends string>({ texts }: Layout<Column>, columns: readonly Column[]) =>
  (word: string): SqlCondition => [
    `(${columns.map((column) => `instr(${texts}.${column}, ?) > 0`).join(' OR ')})`,
    ...columns.map(() => word),
  ];
