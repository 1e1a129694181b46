import type { Person } from '../../contract/http.ts';
import { hashPassword } from '../../server/api/passwords.ts';
import { openPostgres } from '../../server/records/open-records.ts';
import { addStaff } from '../../server/records/staff.ts';

export const password = 'zuoxi-chaos';

const agentRoles = [['junior-agent'], ['junior-agent', 'text-clerk'], ['senior-agent']] as const;

/**
 * Makes the records where there are none, and adds this many agents to the staff, the first one a manager, whose screen
 * shows personal data in the plain and so can be compared with the records. Their numbers.
 */
export const addHotlineStaff = async (databaseUrl: string, count: number): Promise<readonly string[]> => {
  const records = await openPostgres(databaseUrl, 2);
  try {
    const hash = await hashPassword(password);
    const numbers = Array.from({ length: count }, (_, index) => String(4001 + index));
    for (const [index, staffNumber] of numbers.entries()) {
      const roles: Person['roles'] =
        index === 0 ? ['manager-hotline'] : [...(agentRoles[index % agentRoles.length] ?? [])];
      const person: Person = { staffNumber, name: `坐席${staffNumber}`, roles, languages: ['zh'] };
      await addStaff(records.db, person, hash, { actor: null, at: Date.now() });
    }
    return numbers;
  } finally {
    await records.close();
  }
};
