import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeProcedures } from './describe-procedures.ts';

test('docs/procedures.md says what the tables say (else: npm run docs:procedures)', () => {
  expect(readFileSync(join(import.meta.dirname, '../../docs/procedures.md'), 'utf8')).toBe(describeProcedures());
});
