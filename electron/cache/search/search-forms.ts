import { z } from 'zod';
import { saidByItsGrams } from '../../../domain/search/grams.ts';
import { matchExpression } from '../../../domain/search/match-expression.ts';
import type { Reads } from '../database.ts';

/** What is looked for in the index of forms. */
export interface Sought {
  /** Folded; the text has every one of them. */
  readonly words: readonly string[];
  /** Of `form-marks.ts`, in FTS5's words. */
  readonly marks: readonly string[];
  /** Said of the row in `forms`, where marks cannot say it. */
  readonly conditions: readonly SqlCondition[];
}
export type SqlCondition = readonly [sql: string, ...values: (string | number)[]];

interface Page {
  readonly limit: number;
  readonly offset: number;
}

const idRow = z.object({ id: z.string() });

/** Ids of the forms found, last changed first to the second; reads no more of the index than it gives. */
export const findNewest = (reads: Reads, sought: Sought, { limit, offset }: Page): readonly string[] => {
  const { from, values } = sourceOf(sought, sought.conditions.length > 0);
  return reads
    .all(
      idRow,
      `SELECT form_texts.form_id AS id ${from} ORDER BY ${placeIn(sought)} DESC LIMIT ? OFFSET ?`,
      ...[...values, limit, offset],
    )
    .map(({ id }) => id);
};

/** Ids of the forms found in an order of `forms`: all of them are read, so its marks should narrow it. */
export const findInOrder = (
  reads: Reads,
  sought: Sought,
  order: string,
  { limit, offset }: Page,
): readonly string[] => {
  const { from, values } = sourceOf(sought, true);
  return reads
    .all(idRow, `SELECT forms.id ${from} ORDER BY ${order} LIMIT ? OFFSET ?`, ...values, limit, offset)
    .map(({ id }) => id);
};

/** How many are found, counting no further than `atMost`. */
export const countFound = (reads: Reads, sought: Sought, atMost: number): number => {
  const { from, values } = sourceOf(sought, sought.conditions.length > 0);
  const counted = `SELECT count(*) AS n FROM (SELECT 1 ${from} LIMIT ?)`;
  return reads.first(z.object({ n: z.int() }), counted, ...values, atMost)?.n ?? 0;
};

const matchOf = ({ words, marks }: Sought): string | null => matchExpression(words, { asked: marks });

/** Without a gram or a mark, as for a word of signs alone, the texts themselves are gone through. */
const placeIn = (sought: Sought): string => (matchOf(sought) === null ? 'form_texts.place' : 'form_search.rowid');

/** CROSS JOIN: the index leads, whatever SQLite reckons of it. */
const sourceOf = (
  sought: Sought,
  withForms: boolean,
): { readonly from: string; readonly values: readonly (string | number)[] } => {
  const match = matchOf(sought);
  const toLookAt = sought.words.filter((word) => !saidByItsGrams(word));
  const conditions: readonly SqlCondition[] = [
    ...(match === null ? [] : [['form_search MATCH ?', match] as const]),
    ...toLookAt.map((word) => ['instr(form_texts.text, ?) > 0', word] as const),
    ...sought.conditions,
  ];
  const tables = [...(match === null ? [] : ['form_search']), 'form_texts', ...(withForms ? ['forms'] : [])];
  const joins = [
    ...(match === null ? [] : ['form_texts.place = form_search.rowid']),
    ...(withForms ? ['forms.id = form_texts.form_id'] : []),
  ];
  return {
    from: `FROM ${tables.join(' CROSS JOIN ')} WHERE ${[...joins, ...conditions.map(([sql]) => sql)].join(' AND ')}`,
    values: conditions.flatMap(([, ...values]) => values),
  };
};
