import type { Kysely } from 'kysely';
import type { Person } from '../../contract/http.ts';
import { centreStaffNumber } from '../../domain/people/roles.ts';
import { writeAudit } from './audit.ts';
import type { Tables } from './tables.ts';

export interface StaffRecord {
  readonly person: Person;
  readonly passwordHash: string;
}

/** Active staff only. */
export const findStaff = async (db: Kysely<Tables>, staffNumber: string): Promise<StaffRecord | undefined> => {
  const row = await db
    .selectFrom('staff')
    .selectAll()
    .where('staff_number', '=', staffNumber)
    .where('active', '=', true)
    .executeTakeFirst();
  return row && { person: personOf(row), passwordHash: row.password_hash };
};

/** Those of these who are active, by staff number. */
export const findPeople = async (
  db: Kysely<Tables>,
  staffNumbers: readonly string[],
): Promise<ReadonlyMap<string, Person>> => {
  const rows = await db
    .selectFrom('staff')
    .select(['staff_number', 'name', 'roles', 'languages', 'department'])
    .where('staff_number', 'in', staffNumbers)
    .where('active', '=', true)
    .execute();
  return new Map(rows.map((row) => [row.staff_number, personOf(row)]));
};

export const personOf = (row: {
  readonly staff_number: string;
  readonly name: string;
  readonly roles: Person['roles'] | readonly Person['roles'][number][];
  readonly languages: readonly Person['languages'][number][];
  readonly department: string | null;
}): Person => ({
  staffNumber: row.staff_number,
  name: row.name,
  roles: [...row.roles],
  languages: [...row.languages],
  ...(row.department === null ? {} : { department: row.department }),
});

/** Answers false where the staff number is taken. */
export const addStaff = (
  db: Kysely<Tables>,
  person: Person,
  passwordHash: string,
  by: { readonly actor: string | null; readonly at: number },
): Promise<boolean> =>
  db.transaction().execute(async (transaction) => {
    const added = await transaction
      .insertInto('staff')
      .values({
        staff_number: person.staffNumber,
        name: person.name,
        roles: JSON.stringify(person.roles),
        languages: JSON.stringify(person.languages),
        department: person.department ?? null,
        password_hash: passwordHash,
        active: true,
        created_at: by.at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('staff_number')
      .executeTakeFirst();
    if (!added) return false;
    await writeAudit(transaction, {
      at: by.at,
      actor: by.actor,
      action: 'staff-added',
      subject: person.staffNumber,
      details: { roles: person.roles },
    });
    return true;
  });

/** Whether anybody has ever been added; the centre itself is in every database. */
export const hasStaff = async (db: Kysely<Tables>): Promise<boolean> =>
  (await db
    .selectFrom('staff')
    .select('staff_number')
    .where('staff_number', '!=', centreStaffNumber)
    .limit(1)
    .executeTakeFirst()) !== undefined;
