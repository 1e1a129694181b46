import type { Form } from '../form.ts';

/** The departments that have an order of a form now: what was only proposed is nobody's yet. */
export const departmentsOf = ({ procedure }: Pick<Form, 'procedure'>): readonly string[] => [
  ...new Set(procedure.orders.flatMap(({ sentAt, department }) => (sentAt === null ? [] : [department]))),
];

/**
 * What a department sees of a form (S4): the matter and its own orders; one that it has handed on is its own no more.
 * What the hotline writes for itself, what it thinks of its agents, and what other departments said stay with it. A
 * form all the same, so that what the department does is applied to it by the same rules.
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
    orders: form.procedure.orders.filter(({ sentAt, department }) => sentAt !== null && department === code),
    handOvers: [],
    repeats: [],
    callBacks: [],
    assessments: [],
    supporters: [],
    articlesUsed: [],
    links: [],
  },
});
