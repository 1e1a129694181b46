import type { Role } from '../../../people/roles.ts';

/** Somebody of the hotline, of a department, or the centre itself. */
export interface TestPerson {
  readonly number: string;
  readonly roles: readonly Role[];
  readonly department?: string;
}

/** Two of each who may stand in each other's way, and everybody who has no business with a form. */
export const everybody: readonly TestPerson[] = [
  { number: '1001', roles: ['junior-agent'] },
  { number: '1002', roles: ['junior-agent'] },
  { number: '3001', roles: ['text-clerk'] },
  { number: '4001', roles: ['recording-clerk'] },
  { number: '8806', roles: ['senior-agent'] },
  { number: '8807', roles: ['senior-agent'] },
  { number: '8001', roles: ['manager-hotline'] },
  { number: '5001', roles: ['data-admin'] },
  { number: '5002', roles: ['data-admin'] },
  { number: '7001', roles: ['department'], department: 'network' },
  { number: '7002', roles: ['department'], department: 'billing' },
  { number: '7003', roles: ['department'], department: 'shops' },
  { number: '7009', roles: ['department'] },
  { number: '9001', roles: ['supervisor'] },
  { number: '2001', roles: ['installer'] },
  { number: 'CENTRE', roles: ['centre'] },
];

/** Departments that somebody works in. */
export const staffedDepartments: readonly string[] = everybody.flatMap(({ department }) => department ?? []);

/** One of each role who has touched nothing yet: nothing may depend on the one who began it. */
export const newcomers: readonly TestPerson[] = [
  { number: '1900', roles: ['junior-agent'] },
  { number: '8900', roles: ['senior-agent'] },
  { number: '8090', roles: ['manager-hotline'] },
  { number: '5900', roles: ['data-admin'] },
  ...staffedDepartments.map((department, at) => ({
    number: `790${at}`,
    roles: ['department'] as const,
    department,
  })),
];
