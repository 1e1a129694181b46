import type { Kysely } from 'kysely';
import type { Person } from '../../contract/http.ts';
import type { Change } from '../../contract/sync.ts';
import { seenByDepartment } from '../../domain/forms/procedure/department-view.ts';
import type { Tables } from '../records/tables.ts';
import { departmentAlone } from './department-alone.ts';

/** Where the change log ends. */
export const headCursor = async (db: Kysely<Tables>): Promise<number> =>
  (await db.selectFrom('change_cursor').select('cursor').executeTakeFirstOrThrow()).cursor;

export interface Pulled {
  readonly changes: readonly Change[];
  readonly cursor: number;
  readonly more: boolean;
}

/**
 * Changes after a cursor in commit order, a form only at its latest: states it has left behind are
 * of no use to a desk. `cursor` is where the next pull goes on. A department sees its own orders alone (S4).
 */
export const pullChanges = async (
  db: Kysely<Tables>,
  after: number,
  limit: number,
  person?: Pick<Person, 'roles' | 'department'>,
): Promise<Pulled> => {
  const code = person && departmentAlone(person);
  const rows = await db
    .selectFrom('forms')
    .select(['forms.cursor', 'forms.form'])
    .where('cursor', '>', after)
    .$if(code !== undefined, (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('form_departments')
            .select('department')
            .whereRef('form_departments.form', '=', 'forms.id')
            .where('department', '=', code ?? ''),
        ),
      ),
    )
    .orderBy('cursor')
    .limit(limit + 1)
    .execute();
  const changes = rows.slice(0, limit);
  return {
    changes: code === undefined ? changes : changes.map((one) => ({ ...one, form: seenByDepartment(one.form, code) })),
    cursor: changes.at(-1)?.cursor ?? after,
    more: rows.length > limit,
  };
};
