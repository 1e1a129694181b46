import { type Kysely, sql } from 'kysely';
import type { DeadlineRules } from '../../domain/deadlines/deadline-rules.ts';
import type { Form } from '../../domain/forms/form.ts';
import { nextWarningAt } from '../../domain/forms/procedure/warnings.ts';
import type { Tables } from './tables.ts';

/** S4: forms on whose orders a step of the escalation is reached, longest due first. */
export const findWarningsDue = async (db: Kysely<Tables>, now: number, limit: number): Promise<readonly Form[]> => {
  const rows = await db
    .selectFrom('forms')
    .select('form')
    .where('next_warning_at', '<=', now)
    .orderBy('next_warning_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ form }) => form);
};

const batchSize = 500;

/** Reckons anew when the centre is to look at each form, for rules that are not those it was written by. */
export const reckonWarningsAnew = async (db: Kysely<Tables>, rules: DeadlineRules): Promise<void> => {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await db
      .selectFrom('forms')
      .select('id')
      .where('id', '>', after)
      .where(sql<number>`json_array_length(forms.form->'procedure'->'orders')`, '>', 0)
      .where('desk', '!=', 'nobody')
      .orderBy('id')
      .limit(batchSize)
      .execute();
    for (const { id } of rows) await reckonAnew(db, id, rules);
    const last = rows.at(-1);
    if (!last || rows.length < batchSize) return;
    after = last.id;
  }
};

/** Under the form's lock: what a desk does to it meanwhile is not overwritten. */
const reckonAnew = (db: Kysely<Tables>, id: string, rules: DeadlineRules): Promise<void> =>
  db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('forms')
      .select(['form', 'next_warning_at'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const at = nextWarningAt(row.form, rules);
    if (at !== row.next_warning_at)
      await transaction.updateTable('forms').set({ next_warning_at: at }).where('id', '=', id).execute();
  });
