import { sql } from 'kysely';
import type { Records } from '../records/open-records.ts';
import { newId, pushInto, seniorAgent, signInAt } from './push.fixture.ts';

/**
 * Fills empty records with drafts: one opened at a desk and copied in SQL, as many as pushing would take minutes for.
 * `text` is what the copies say; the form number n has the cursor n.
 */
export const addTestForms = async (records: Records, count: number, text = '断网'): Promise<void> => {
  const { db } = records;
  const desk = await signInAt(records, seniorAgent);
  const form = newId();
  const push = pushInto(records, { clock: Date.now });
  const [opened] = (await push.take([desk.open(form)], desk.session)).results;
  if (opened?.outcome !== 'applied') throw new Error('the first form was not taken');
  await sql`insert into forms (id, number, kind, status, work_state, inbox, stage, desk, contact_number, opened_by,
      opened_at, changed_at, cursor, form)
    select copy.id::uuid, copy.number, kind, status, work_state, inbox, stage, desk, contact_number, opened_by,
      opened_at, changed_at, copy.n,
      replace(replace(replace(form::text, forms.id::text, copy.id), forms.number, copy.number),
        '"text":""', ${`"text":${JSON.stringify(text)}`})::json
    from forms, (
      select n, lpad(to_hex(n), 8, '0') || '-0000-7000-8000-000000000000' as id, 'T' || n as number
      from generate_series(2, ${count}::int) as n
    ) as copy where cursor = 1`.execute(db);
  await db.updateTable('change_cursor').set({ cursor: count }).execute();
};
