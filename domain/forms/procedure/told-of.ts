import { type DeadlineRules, stepAt, type Warned } from '../../deadlines/deadline-rules.ts';
import type { Role } from '../../people/roles.ts';
import type { Form } from '../form.ts';
import { type TimedOrder, timedOrders } from './standing-deadline.ts';

/** A person, everybody of a role, or a department, in one word that lists can be kept by. */
export type Told = `staff ${string}` | `role ${Role}` | `department ${string}`;

/**
 * Who has been told by now that deadlines of a form run out (S4): all whom the steps taken so far name. Nobody is
 * bothered with one that stands still.
 */
export const toldOf = (form: Pick<Form, 'kind' | 'procedure'>, rules: DeadlineRules): readonly Told[] => {
  const running = timedOrders(form).filter(({ deadline }) => deadline.paused === null);
  return [
    ...new Set(
      running.flatMap((order) =>
        order.deadline.warnings.flatMap(({ atPercent }) =>
          (stepAt(atPercent, rules)?.tell ?? []).map((one) => named(one, order)),
        ),
      ),
    ),
  ];
};

/** The words that a person is told by. */
export const toldAs = (person: {
  readonly staffNumber: string;
  readonly roles: readonly Role[];
  readonly department?: string | undefined;
}): readonly Told[] => [
  `staff ${person.staffNumber}`,
  ...person.roles.map((role) => `role ${role}` as const),
  ...(person.department === undefined ? [] : [`department ${person.department}` as const]),
];

const named = (one: Warned, { department, audit, proposedBy }: TimedOrder): Told => {
  switch (one) {
    case 'department':
      return `department ${department}`;
    case 'sender':
      return `staff ${audit?.by ?? proposedBy}`;
    case 'seniors':
      return 'role senior-agent';
    case 'supervisors':
      return 'role supervisor';
    case 'manager-hotline':
      return 'role manager-hotline';
    default:
      return one satisfies never;
  }
};
