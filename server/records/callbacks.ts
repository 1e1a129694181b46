import { type Kysely, sql } from 'kysely';
import { isKept } from '../../domain/forms/callback.ts';
import type { Form } from '../../domain/forms/form.ts';
import type { CallbackClaim } from '../floor/call-out.ts';
import { writingsOf } from './number-writings.ts';
import type { Tables } from './tables.ts';

/** Who may ring whom for the callback a form asks for; undefined where it asks for none, or was kept already. */
export const findCallback = async (db: Kysely<Tables>, form: string): Promise<CallbackClaim | undefined> => {
  const row = await db.selectFrom('forms').select('form').where('id', '=', form).executeTakeFirst();
  if (row?.form.origin.via !== 'callback' || isKept(row.form)) return undefined;
  const { origin, work } = row.form;
  return { by: work.state === 'claimed' ? work.by : undefined, number: origin.number, language: origin.language };
};

/**
 * Callbacks still owed to this number, the one asked for last first. By the number to be rung, not the one
 * it was asked from: many people may ring from there.
 */
export const findOwedCallbacks = async (db: Kysely<Tables>, number: string): Promise<readonly Form[]> => {
  if (number === '') return [];
  const rows = await db
    .selectFrom('forms')
    .select('form')
    .where('inbox', '=', 'recording')
    .where('work_state', 'in', ['waiting', 'claimed'])
    .where(sql<string>`forms.form->'origin'->>'via'`, '=', 'callback')
    .where(sql<string>`forms.form->'origin'->>'number'`, 'in', writingsOf(number))
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => row.form).filter((form) => !isKept(form));
};
