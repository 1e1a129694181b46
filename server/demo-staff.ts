import type { Kysely } from 'kysely';
import type { Person } from '../contract/http.ts';
import { hashPassword } from './api/passwords.ts';
import { addStaff, hasStaff } from './records/staff.ts';
import type { Tables } from './records/tables.ts';

const demoStaff: readonly Person[] = [
  { staffNumber: '1001', name: '李晓雯', roles: ['junior-agent'], languages: ['zh', 'en'] },
  { staffNumber: '1002', name: '王志强', roles: ['junior-agent'], languages: ['zh'] },
  { staffNumber: '2001', name: '刘文静', roles: ['text-clerk'], languages: ['zh', 'en'] },
  { staffNumber: '3001', name: '孙立平', roles: ['recording-clerk'], languages: ['zh', 'en'] },
  { staffNumber: '5001', name: '何佳', roles: ['data-admin'], languages: ['zh', 'en'] },
  { staffNumber: '8806', name: '陈静', roles: ['senior-agent'], languages: ['zh', 'en'] },
  { staffNumber: '8001', name: '马建军', roles: ['manager-hotline'], languages: ['zh', 'en'] },
  { staffNumber: '7001', name: '网络运维部', roles: ['department'], languages: ['zh'], department: 'network' },
  { staffNumber: '7002', name: '计费账务部', roles: ['department'], languages: ['zh'], department: 'billing' },
  { staffNumber: '9001', name: '赵国华', roles: ['supervisor'], languages: ['zh', 'en'] },
  { staffNumber: '0001', name: '周工', roles: ['installer'], languages: ['zh'] },
];

/** For trying out and for tests: a password each, `zuoxi-` and the staff number. Only into empty records. */
export const addDemoStaff = async (db: Kysely<Tables>, now: number): Promise<boolean> => {
  if (await hasStaff(db)) return false;
  for (const person of demoStaff) {
    await addStaff(db, person, await hashPassword(`zuoxi-${person.staffNumber}`), { actor: null, at: now });
  }
  return true;
};
