import { type Kysely, sql } from 'kysely';
import type { Person } from '../../contract/http.ts';
import type { Change } from '../../contract/sync.ts';
import { seenByDepartment } from '../../domain/forms/procedure/department-view.ts';
import { storable } from '../records/storable.ts';
import type { Tables } from '../records/tables.ts';
import { departmentAlone } from './department-alone.ts';

export type LookedUp = { readonly form: string } | { readonly number: string } | { readonly contact: string };

const mostFound = 20;

/** Forms that a desk may not keep, last changed first; a department finds its own alone, as it sees them (S4). */
export const lookUpForms = async (
  db: Kysely<Tables>,
  by: LookedUp,
  person: Pick<Person, 'roles' | 'department'>,
): Promise<readonly Change[]> => {
  const code = departmentAlone(person);
  const all = db.selectFrom('forms').select(['cursor', 'form']).orderBy('cursor', 'desc').limit(mostFound);
  const found =
    'form' in by
      ? all.where('id', '=', by.form)
      : 'number' in by
        ? all.where(sql`replace(number, '-', '')`, '=', by.number.replaceAll(/[-\s]/g, ''))
        : all.where('contact_number', '=', storable(by.contact));
  if (code === undefined) return found.execute();
  const own = await found
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('form_departments')
          .select('department')
          .whereRef('form_departments.form', '=', 'forms.id')
          .where('department', '=', code),
      ),
    )
    .execute();
  return own.map(({ cursor, form }) => ({ cursor, form: seenByDepartment(form, code) }));
};
