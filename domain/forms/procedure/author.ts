import type { Role } from '../../people/roles.ts';

/** Who does something to a form. `department`: the one whose orders they answer. */
export interface Author {
  readonly roles: readonly Role[];
  readonly department?: string | undefined;
}
