import { mayDo, type Role } from './roles.ts';

/** S2: agents see what was found about themselves; those who assess, and supervisors, see everybody's. */
export const maySeeAssessment = (
  viewer: { readonly staffNumber: string; readonly roles: readonly Role[] },
  agent: string,
): boolean => agent === viewer.staffNumber || maySeeAllAssessments(viewer.roles);

export const maySeeAllAssessments = (roles: readonly Role[]): boolean =>
  mayDo(roles, 'order.audit') || mayDo(roles, 'floor.watch');
