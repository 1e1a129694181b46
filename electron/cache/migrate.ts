import { z } from 'zod';
import { ok, type Result, refused } from '../../domain/result.ts';
import type { Database } from './database.ts';

const version = z.object({ user_version: z.int() });

/** The file was written by a newer desk: it is left untouched, and the screen says so. */
export interface NewerSchema {
  readonly code: 'newer-schema';
  readonly found: number;
  readonly known: number;
}

/** Brings the file to the newest schema; each step and its number are one transaction. */
export const migrate = (database: Database, steps: readonly string[]): Result<undefined, NewerSchema> => {
  const found = database.read((reads) => reads.first(version, 'PRAGMA user_version')?.user_version ?? 0);
  if (found > steps.length) return refused({ code: 'newer-schema', found, known: steps.length });
  for (const [index, step] of steps.entries()) {
    if (index < found) continue;
    database.write((writes) => {
      for (const statement of statementsOf(step)) writes.run(statement);
      writes.run(`PRAGMA user_version = ${index + 1}`);
    });
  }
  return ok(undefined);
};

/** Our migrations hold no semicolon but at a statement's end. */
const statementsOf = (step: string): readonly string[] =>
  step
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
