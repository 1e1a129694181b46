import type { Role } from '../people/roles.ts';
import { mayDo } from '../people/roles.ts';

/**
 * Which forms a desk may hold: `all`; `department:CODE`, those that department has an order on, as it
 * sees them (S4); `none`. When it changes, the desk is filled anew and forgets what is outside.
 */
export type Scope = 'all' | 'none' | `department:${string}`;

export const scopeOf = ({
  roles,
  department,
}: {
  readonly roles: readonly Role[];
  readonly department?: string | undefined;
}): Scope => {
  if (roles.some((role) => role !== 'department' && mayDo([role], 'form.read'))) return 'all';
  return department === undefined ? 'none' : `department:${department}`;
};
