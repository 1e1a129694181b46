import type { Role } from '../../../people/roles.ts';
import type { Result } from '../../../result.ts';
import type { Form, Refusal } from '../../form.ts';
import type { OperationKind } from '../../operations.ts';
import type { Order } from '../orders.ts';
import { ends } from './laws.ts';
import { newcomers, type TestPerson } from './people.ts';
import { type Attempt, countedIds, operationOf } from './random-operation.ts';

export type Performer = (form: Form, attempt: Attempt) => Result<Form, Refusal>;

type Step = readonly [kind: OperationKind, payload: unknown, role: Role, department?: string];

const personFor = (role: Role, department?: string): TestPerson | undefined =>
  newcomers.find((one) => one.roles.includes(role) && one.department === department);

const numberOf = (role: Role): string | undefined => personFor(role)?.number;

/** Out of the hand of whoever has it, or first in a free one. */
const into = ({ procedure: { holder } }: Form, role: Role): readonly Step[] =>
  holder === null || holder === numberOf(role) ? [] : [['form.take', {}, role]];

/** A draft is recorded in full and submitted, by one who has it out of its inbox. */
const record = ({ fields, work }: Form): readonly Step[] => {
  const role = 'senior-agent';
  const { contactNumber, complaintType, text, account } = fields;
  const full = { contactNumber: '13800138000', complaintType: complaintType ?? 'other', text: '断网', account: '7' };
  const isFull = contactNumber !== '' && complaintType !== null && text !== '' && account !== '';
  const theirs = work.state === 'claimed' && work.by !== numberOf(role);
  const free = work.state === 'waiting' || work.state === 'set-aside';
  return [
    ...(isFull
      ? []
      : [['form.edit', { from: { contactNumber, complaintType, text, account }, to: full }, role] as const]),
    ...(theirs ? [['form.release', {}, role] as const] : []),
    ...(free ? [['form.claim', {}, role] as const] : []),
    ['form.submit', {}, role],
  ];
};

/** What somebody would do next about a form to bring it nearer its end. */
const nextSteps = (form: Form): readonly Step[] => {
  const { kind, procedure } = form;
  const each = (states: readonly string[], step: (order: Order) => Step): readonly Step[] =>
    procedure.orders.filter(({ state }) => states.includes(state)).map(step);
  switch (procedure.stage) {
    case 'drafting':
      return record(form);
    case 'audit':
      return [
        ...into(form, 'senior-agent'),
        ...each(['proposed'], ({ id: order }) => [
          'form.audit-order',
          { order, verdict: 'refuse', reason: '不必' },
          'senior-agent',
        ]),
      ];
    case 'senior':
      return [...into(form, 'senior-agent'), ['form.answer', { text: '已答复' }, 'senior-agent']];
    case 'department':
      return each(['sent', 'asked'], ({ id: order, department }) => [
        'form.answer-order',
        { order, text: '已查实' },
        'department',
        department,
      ]);
    case 'reply-check':
      return [
        ...into(form, 'senior-agent'),
        ...each(['answered'], ({ id: order }) => ['form.check-reply', { order, verdict: 'accept' }, 'senior-agent']),
      ];
    case 'informing':
      return [...into(form, 'senior-agent'), ['form.answer', { text: '已告知' }, 'senior-agent']];
    case 'manager':
      return [
        ...into(form, 'manager-hotline'),
        ['form.decide', { end: 'answered', text: '最终处理' }, 'manager-hotline'],
      ];
    case 'answered':
      return [
        ...into(form, 'senior-agent'),
        ['form.call-back', { outcome: 'satisfied', source: 'agent', text: '' }, 'senior-agent'],
      ];
    case 'curation':
      return [...into(form, 'data-admin'), ['form.settle-suggestion', { end: 'noted', text: '已记录' }, 'data-admin']];
    default:
      throw new Error(`a ${kind} is at an end in ${procedure.stage}`);
  }
};

/**
 * Whether people who have had nothing to do with a form so far can bring it to an end; the steps they took, or
 * `undefined` where they are stuck.
 */
export const wayOut = (form: Form, performs: Performer): number | undefined => {
  const nextId = countedIds(0xffff_0000_0000);
  let standing = form;
  for (let steps = 0; steps < 60; steps += 1) {
    if (ends.includes(standing.procedure.stage)) return steps;
    const next = tried(standing, performs, nextId);
    if (!next) return undefined;
    standing = next;
  }
  return undefined;
};

const tried = (form: Form, performs: Performer, nextId: (version: 4 | 7) => string): Form | undefined => {
  for (const [kind, payload, role, department] of nextSteps(form)) {
    const author = personFor(role, department);
    if (!author) continue;
    const envelope = { id: nextId(7), form: form.id, madeAt: form.changedAt + 1, by: author.number };
    const result = performs(form, { operation: operationOf(kind, payload, envelope), author });
    if (result.ok) return result.value;
  }
  return undefined;
};
