import type { Person } from '../../contract/http.ts';
import type { Role } from '../../domain/people/roles.ts';

/** Of those who see every form whole; the first three begin a world. */
export const hotlineRoles: readonly (readonly Role[])[] = [
  ['junior-agent'],
  ['text-clerk'],
  ['senior-agent'],
  ['data-admin'],
];
export const department: readonly Role[] = ['department'];

export const personOf = (staffNumber: string, roles: readonly Role[]): Person => ({
  staffNumber,
  name: staffNumber,
  roles: [...roles],
  languages: ['zh'],
  ...(roles.includes('department') ? { department: 'network' } : {}),
});
