import { type Kysely, sql } from 'kysely';
import type { Form } from '../../domain/forms/form.ts';
import { isFormNumber } from '../../domain/forms/form-number.ts';
import { storable } from '../records/storable.ts';
import type { Tables } from '../records/tables.ts';
import { formKey } from '../sync/form-keys.ts';
import type { CentreForms } from './centre-forms.ts';

type Finders = Pick<
  CentreForms,
  'findById' | 'findByNumber' | 'findByMessageId' | 'findByContactId' | 'findOpenByCaller' | 'findInInbox' | 'waiting'
>;

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

export const findForms = (db: Kysely<Tables>): Finders => {
  const forms = () => db.selectFrom('forms').select('form');
  const byKey = async (key: string): Promise<readonly Form[]> => {
    const rows = await db
      .selectFrom('forms')
      .innerJoin('form_keys', 'form_keys.form', 'forms.id')
      .select('forms.form')
      .where('form_keys.key', '=', key)
      .orderBy('forms.cursor', 'desc')
      .execute();
    return rows.map((row) => row.form);
  };
  return {
    findById: async (id) => (isUuid(id) ? (await forms().where('id', '=', id).executeTakeFirst())?.form : undefined),
    findByNumber: async (number) => {
      const asWritten = await forms().where('number', '=', storable(number.trim())).executeTakeFirst();
      // A number with a suffix (take-operations.ts) is found as it is written alone.
      if (asWritten || !isFormNumber(number)) return asWritten?.form;
      const digits = number.replace(/[-\s]/g, '');
      return (await forms().where(sql`replace(number, '-', '')`, '=', digits).executeTakeFirst())?.form;
    },
    findByMessageId: async (messageId) => (await byKey(formKey('message', messageId)))[0],
    findByContactId: (contactId) => byKey(formKey('contact', contactId)),
    findOpenByCaller: async (contactNumber) => {
      if (contactNumber === '') return [];
      const rows = await forms()
        .where('contact_number', '=', storable(contactNumber))
        .where('status', '=', 'draft')
        .orderBy('changed_at', 'desc')
        .execute();
      return rows.map((row) => row.form);
    },
    findInInbox: async (inbox) => {
      const rows = await forms()
        .where('inbox', '=', inbox)
        .where('work_state', 'in', ['waiting', 'claimed'])
        .orderBy('opened_at')
        .execute();
      return rows.map((row) => row.form);
    },
    waiting: async () => {
      const rows = await db
        .selectFrom('forms')
        .select(['inbox', (count) => count.fn.countAll<number>().as('waiting')])
        .where('work_state', '=', 'waiting')
        .where('inbox', 'is not', null)
        .groupBy('inbox')
        .execute();
      const of = (inbox: string): number => rows.find((row) => row.inbox === inbox)?.waiting ?? 0;
      return { text: of('text'), recording: of('recording') };
    },
  };
};
