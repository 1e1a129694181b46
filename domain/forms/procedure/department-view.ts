import type { Form } from '../form.ts';
import type { Order } from './orders.ts';

/** Whether a department has had this order. */
const isOf = ({ department, talk }: Order, code: string): boolean =>
  department === code || talk.some((one) => one.kind === 'hand-on' && one.department === code);

/** The departments that have to do with a form: what was only proposed is nobody's yet. */
export const departmentsOf = ({ procedure }: Pick<Form, 'procedure'>): readonly string[] => [
  ...new Set(
    procedure.orders
      .filter(({ sentAt }) => sentAt !== null)
      .flatMap(({ department, talk }) => [
        department,
        ...talk.flatMap((one) => (one.kind === 'hand-on' && one.department !== null ? [one.department] : [])),
      ]),
  ),
];

/**
 * What a department sees of a form (S4): the matter and its own orders. What the hotline writes for itself, what it
 * thinks of its agents, and what other departments said stay with it. A form all the same, so that what the
 * department does is applied to it by the same rules.
 */
export const seenByDepartment = (form: Form, code: string): Form => ({
  ...form,
  fields: { ...form.fields, idNumber: '' },
  origin: { via: 'desk', channel: form.fields.channel },
  work: { state: 'none' },
  notes: [],
  calls: [],
  transcript: '',
  callbackTries: [],
  checkBacks: [],
  received: [],
  history: form.history.map(({ operation, kind, by, at }) => ({ operation, kind, by, at })),
  procedure: {
    ...form.procedure,
    orders: form.procedure.orders.filter((one) => one.sentAt !== null && isOf(one, code)),
    handOvers: [],
    repeats: [],
    callBacks: [],
    assessments: [],
    supporters: [],
    articlesUsed: [],
    links: [],
  },
});
