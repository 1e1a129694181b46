import type { Kysely } from 'kysely';
import type { Person } from '../../contract/http.ts';
import type { Change } from '../../contract/sync.ts';
import { seenByDepartment } from '../../domain/forms/procedure/department-view.ts';
import type { Tables } from '../records/tables.ts';
import { departmentAlone } from './department-alone.ts';

/** Where the change log ends. */
export const headCursor = async (db: Kysely<Tables>): Promise<number> =>
  (await db.selectFrom('change_cursor').select('cursor').executeTakeFirstOrThrow()).cursor;

/** Forms whose latest change lies after one cursor and not after the other, ascending. */
export const changesBetween = (
  db: Kysely<Tables>,
  after: number,
  upTo: number,
  limit: number,
): Promise<readonly Change[]> =>
  db
    .selectFrom('forms')
    .select(['cursor', 'form'])
    .where('cursor', '>', after)
    .where('cursor', '<=', upTo)
    .orderBy('cursor')
    .limit(limit)
    .execute();

/** The departments that have, or once had, an order of these forms. */
export const departmentsOfForms = async (
  db: Kysely<Tables>,
  forms: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const rows =
    forms.length === 0 ? [] : await db.selectFrom('form_departments').selectAll().where('form', 'in', forms).execute();
  const departments = new Map<string, string[]>();
  for (const { form, department } of rows) departments.set(form, [...(departments.get(form) ?? []), department]);
  return departments;
};

export interface Pulled {
  readonly changes: readonly Change[];
  readonly cursor: number;
  readonly more: boolean;
}

/**
 * Changes after a cursor in commit order, a form only at its latest: states it has left behind are
 * of no use to a desk. `cursor` is where the next pull goes on. A department sees its own orders alone (S4);
 * what others' changes have made of the log it is told as well, or it would stand behind every frame that is sent to it.
 */
export const pullChanges = async (
  db: Kysely<Tables>,
  after: number,
  limit: number,
  person?: Pick<Person, 'roles' | 'department'>,
): Promise<Pulled> => {
  const code = person && departmentAlone(person);
  // Before the rows: all up to it is committed, so what of it is in scope is among them.
  const head = code === undefined ? after : await headCursor(db);
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
  const last = changes.at(-1)?.cursor ?? after;
  return {
    changes: code === undefined ? changes : changes.map((one) => ({ ...one, form: seenByDepartment(one.form, code) })),
    cursor: rows.length > limit ? last : Math.max(last, head),
    more: rows.length > limit,
  };
};
