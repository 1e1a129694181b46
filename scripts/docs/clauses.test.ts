import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clauses as procedureClauses } from './procedure-clauses.ts';

const root = join(import.meta.dirname, '../..');

/** The rows of a book's tables that say which test shows a clause: clause, what it shows, test, file. */
const citations = (book: string, isClause: RegExp) =>
  readFileSync(join(root, book), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .flatMap(([, clause = '', , name = '', file = '']) =>
      isClause.test(clause) && /\.(test|e2e)\.tsx?$/.test(file) ? [{ clause, name, file }] : [],
    );

const books = [
  {
    book: 'docs/access.md',
    rows: citations('docs/access.md', /^[AQ]\d/),
    // `A2–A8` is no citation of those between.
    clauses: ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A9', 'A10'],
    cites: (cited: string, clause: string) => cited.split(' ').includes(clause),
  },
  {
    book: 'docs/procedures.md',
    rows: citations('docs/procedures.md', /^[JSMDQ]\d/),
    clauses: procedureClauses,
    cites: (cited: string, clause: string) => cited === clause,
  },
];

describe.each(books)('$book', ({ rows, clauses, cites }) => {
  test.each(rows)('$clause is shown by "$name"', ({ clause, name, file }) => {
    const source = readFileSync(join(root, file), 'utf8');
    expect(source.includes(`'${name}'`) || source.includes(`\`${name}\``), `${name} in ${file}`).toBe(true);
    const [cited = ''] = clause.split(' ');
    expect(name.split(' ').some((word) => word.replace(/:$/, '') === cited) || clause.startsWith('A'), name).toBe(true);
  });

  test('names a test for every clause', () => {
    expect(clauses.filter((clause) => !rows.some((row) => cites(row.clause, clause)))).toEqual([]);
  });
});
