import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const rows = readFileSync(join(root, 'docs/access.md'), 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .flatMap(([, clause = '', , name = '', file = '']) => (/^A\d/.test(clause) ? [{ clause, name, file }] : []));

test.each(rows)('docs/access.md: $clause is shown by "$name"', ({ name, file }) => {
  const source = readFileSync(join(root, file), 'utf8');
  expect(source.includes(`'${name}'`) || source.includes(`\`${name}\``), `${name} in ${file}`).toBe(true);
});

test('docs/access.md names a test for every clause', () => {
  // `A2–A8` is no citation of those between.
  const cited = rows.flatMap(({ clause }) => clause.split(' '));
  for (const clause of ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A9', 'A10']) expect(cited).toContain(clause);
});
