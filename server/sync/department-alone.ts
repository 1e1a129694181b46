import type { Person } from '../../contract/http.ts';
import { mayDo } from '../../domain/people/roles.ts';

/** The department of one who works for nobody else; empty where no department is set: they see nothing then. */
export const departmentAlone = ({ roles, department }: Pick<Person, 'roles' | 'department'>): string | undefined =>
  roles.some((role) => role !== 'department' && mayDo([role], 'form.read')) ? undefined : (department ?? '');
