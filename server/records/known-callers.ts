import { type Kysely, sql } from 'kysely';
import { type KnownCaller, stranger } from '../floor/recognition.ts';
import { findOwedCallbacks } from './callbacks.ts';
import { writingsOf } from './number-writings.ts';
import type { Tables } from './tables.ts';

/** A form this old says little about who knows the caller. */
const familiarForMs = 30 * 24 * 3_600_000;

/** Who works the form; the one who opened it where nobody has claimed it. */
const worksIt = sql<string>`coalesce(forms.form->'work'->>'by', forms.opened_by)`;

export const findKnownCaller = async (db: Kysely<Tables>, number: string, now: number): Promise<KnownCaller> => {
  if (number === '') return stranger;
  const numbers = writingsOf(number);
  const [account, form, owed] = await Promise.all([
    db.selectFrom('key_accounts').select('number').where('number', 'in', numbers).executeTakeFirst(),
    db
      .selectFrom('forms')
      .innerJoin('staff', (join) => join.on('staff.staff_number', '=', worksIt))
      .select('staff.staff_number')
      .where('forms.contact_number', 'in', numbers)
      .where('forms.changed_at', '>', now - familiarForMs)
      .where('staff.active', '=', true)
      .orderBy('forms.changed_at', 'desc')
      .limit(1)
      .executeTakeFirst(),
    findOwedCallbacks(db, number),
  ]);
  return { priority: account ? 'key-account' : 'normal', familiar: form?.staff_number, callback: owed[0]?.id };
};
