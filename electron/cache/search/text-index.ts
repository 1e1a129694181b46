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
  /** After many texts have been put: joins the parts of the index, which halves the time of a search. */
  readonly tidy: (writes: Writes) => void;
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
   * An FTS5 table of the migrations: `CREATE VIRTUAL TABLE article_search USING fts5(grams, content = '',
   * contentless_delete = 1, detail = none, tokenize = 'ascii')`. The ascii tokenizer leaves what is not
   * ASCII as it stands: no table of Unicode within SQLite has to agree with ours.
   */
  readonly table: string;
  /**
   * The table that keeps the texts, folded, in the columns named below, under an INTEGER PRIMARY KEY named
   * `key` (a bare rowid may change). Grams alone cannot tell whether those of a longer word stand together.
   */
  readonly texts: string;
  /** The weightiest first. */
  readonly columns: readonly [Column, ...Column[]];
}

const hit = z.object({ key: z.int() });

export const createTextIndex = <Column extends string>({
  table,
  texts,
  columns,
}: Layout<Column>): TextIndex<Column> => {
  /** The first column, the first two, …, all of them. */
  const tiers = columns.map((_, last) => ({
    within: columns.slice(0, last + 1),
    mark: last === columns.length - 1 ? '' : tierMark(last),
  }));
  const remove = (writes: Writes, key: number): void => writes.run(`DELETE FROM ${table} WHERE rowid = ?`, key);
  return {
    put: (writes, key, folded) => {
      remove(writes, key);
      const grams = tiers.flatMap(({ within, mark }) => {
        const ofTier = new Set(within.flatMap((column) => [...indexedGrams(folded[column])]));
        return Array.from(ofTier, (gram) => mark + gram);
      });
      writes.run(`INSERT INTO ${table} (rowid, grams) VALUES (?, ?)`, key, grams.join(' '));
    },
    remove,
    tidy: (writes) => writes.run(`INSERT INTO ${table} (${table}) VALUES ('optimize')`),
    find: (reads, query, limit, conditions = []) => {
      const words = wordsOf(query);
      const toLookAt = words.filter((word) => !saidByItsGrams(word));
      const found = new Set<number>();
      for (const { within, mark } of tiers) {
        const match = matchExpression(words, { mark });
        if (match === null || found.size >= limit) break;
        const asked = [...conditions, ...toLookAt.map((word) => standsIn(texts, within, word))];
        const source = asked.length > 0 ? `${table} CROSS JOIN ${texts} ON ${texts}.key = ${table}.rowid` : table;
        // What the tiers before have found is among these again: with it there are enough.
        const hits = reads.all(
          hit,
          `SELECT ${table}.rowid AS key FROM ${source}
           WHERE ${[`${table} MATCH ?`, ...asked.map(([sql]) => sql)].join(' AND ')}
           ORDER BY ${table}.rowid DESC LIMIT ?`,
          ...[match, ...asked.flatMap(([, ...values]) => values), limit],
        );
        for (const { key } of hits) found.add(key);
      }
      return [...found].slice(0, limit);
    },
  };
};

/**
 * Before the grams of a tier that is not the last, so that its few hits are a list of their own. A sign
 * for private use is part of no gram.
 */
const tierMark = (tier: number): string => String.fromCodePoint(0xe000 + tier);

const standsIn = (texts: string, columns: readonly string[], word: string): SqlCondition => [
  `(${columns.map((column) => `instr(${texts}.${column}, ?) > 0`).join(' OR ')})`,
  ...columns.map(() => word),
];
