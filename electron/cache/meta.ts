import { z } from 'zod';
import { person } from '../../contract/http.ts';
import { type CallbackRules, callbackRules, usualCallbackRules } from '../../domain/forms/callback.ts';
import {
  type ProcedureRules,
  procedureRules,
  usualProcedureRules,
} from '../../domain/forms/procedure/procedure-rules.ts';
import { cacheRules } from '../../domain/sync/cache-rules.ts';
import type { Reads, Writes } from './database.ts';
import { jsonOf } from './json-column.ts';

const meta = z.object({
  device: z.uuid(),
  next_seq: z.int().positive(),
  cursor: z.int().nonnegative(),
  clock_offset_ms: z.int(),
  last_contact_at: z.int().nullable(),
  desk_number: z.int().positive().nullable(),
  person: jsonOf(person).nullable(),
  callback_rules: jsonOf(callbackRules).nullable(),
  procedure_rules: jsonOf(procedureRules).nullable(),
  epoch: z.uuid().nullable(),
  /** For which it was filled; null: not begun. */
  scope: z.string().nullable(),
  cache_rules: jsonOf(cacheRules).nullable(),
  fill_head: z.int().nullable(),
  fill_done: z.int(),
  fill_total: z.int(),
});
export type Meta = z.output<typeof meta>;

/** The cache's one row about itself; `open-cache.ts` makes it with the file. */
export const readMeta = (reads: Reads): Meta => {
  const row = reads.first(meta, 'SELECT * FROM meta');
  if (!row) throw new Error('the cache has no meta row');
  return row;
};

const rulesRow = meta.pick({ callback_rules: true });
const procedureRow = meta.pick({ procedure_rules: true });

export const readProcedureRules = (reads: Reads): ProcedureRules =>
  reads.first(procedureRow, 'SELECT procedure_rules FROM meta')?.procedure_rules ?? usualProcedureRules;

export const readCallbackRules = (reads: Reads): CallbackRules =>
  reads.first(rulesRow, 'SELECT callback_rules FROM meta')?.callback_rules ?? usualCallbackRules;

/** 1 for the desk's first form of that day; never given twice, even when the clock is set back. */
export const takeFormCount = (writes: Writes, day: string): number => {
  const row = writes.first(
    z.object({ count: z.int() }),
    `INSERT INTO form_counts (day, count) VALUES (?, 1)
     ON CONFLICT (day) DO UPDATE SET count = count + 1 RETURNING count`,
    day,
  );
  if (!row) throw new Error('no form count');
  return row.count;
};
