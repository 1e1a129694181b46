import { centreStaffNumber, mayDo } from '../../people/roles.ts';
import type { Form } from '../form.ts';
import type { Operation } from '../operations.ts';
import { perform } from '../perform.ts';
import type { Author } from './author.ts';
import { eventOf, type ProcedureOperation } from './event-of.ts';
import type { Order } from './orders.ts';
import type { ProcedureRules } from './procedure-rules.ts';
import type { ProcedureEvent } from './stages.ts';

/** Something that somebody may do to a form now; `about`: the order, supplement or assessment it is done to. */
export interface Doable {
  readonly event: ProcedureEvent;
  readonly about: string | null;
}

export interface Doer extends Author {
  readonly staffNumber: string;
}

/**
 * What the tables let this person do to this form at this moment. Nothing is decided here: each operation is tried on
 * the form with a payload of the plainest kind, and what is not refused may be done. What fails for nothing but an
 * incomplete record may be done once the record is full.
 */
export const whatMayBeDone = (form: Form, doer: Doer, rules: ProcedureRules, now: number): readonly Doable[] => {
  const sends = mayDo(doer.roles, 'order.audit');
  return trialsOf(form, doer, rules).flatMap(({ about, tried }) => {
    const operation = operationOf(form, doer, now, tried);
    const done = perform(form, operation, doer, rules);
    return done.ok || done.error.code === 'fields-missing' ? [{ event: eventOf(operation, sends), about }] : [];
  });
};

type Payload = { [Kind in ProcedureOperation['kind']]: Pick<Extract<Operation, { kind: Kind }>, 'kind' | 'payload'> };
type Tried = Payload[keyof Payload];

interface Trial {
  readonly about: string | null;
  readonly tried: Tried;
}

const operationOf = (form: Form, { staffNumber }: Doer, now: number, tried: Tried): ProcedureOperation => ({
  ...tried,
  id: nobody7,
  device: nobody4,
  seq: 1,
  form: form.id,
  madeAt: now,
  by: staffNumber,
});

/** Ids that nothing real has. */
const nobody4 = '00000000-0000-4000-8000-000000000000';
const nobody7 = '00000000-0000-7000-8000-000000000000';
const text = '…';

const trialsOf = (form: Form, doer: Doer, rules: ProcedureRules): readonly Trial[] => {
  const { procedure } = form;
  return [
    ...plainTrials(form, doer, rules).map((tried) => ({ about: null, tried })),
    ...procedure.orders.flatMap((order) => orderTrials(order, rules).map((tried) => ({ about: order.id, tried }))),
    ...procedure.supplements.map(({ operation }) => ({
      about: operation,
      tried: { kind: 'form.settle-supplement', payload: { supplement: operation } } as const,
    })),
    ...procedure.assessments.map(({ id }) => ({
      about: id,
      tried: { kind: 'form.answer-assessment', payload: { id, text } } as const,
    })),
  ];
};

const plainTrials = (form: Form, { staffNumber }: Doer, rules: ProcedureRules): readonly Tried[] => {
  const contactId = null;
  const reason = rules.declineReasons[0]?.code ?? '';
  const department = rules.departments[0]?.code ?? '';
  const agent = assessable(form, staffNumber)[0] ?? '';
  return [
    { kind: 'form.submit', payload: {} },
    { kind: 'form.take', payload: {} },
    { kind: 'form.put-back', payload: {} },
    { kind: 'form.answer', payload: { text } },
    { kind: 'form.decline', payload: { reason, text } },
    { kind: 'form.hand-over', payload: { to: 'senior', cause: 'cannot-settle', text } },
    { kind: 'form.hand-over', payload: { to: 'manager', cause: 'not-content', text } },
    { kind: 'form.order', payload: { order: nobody4, type: 'dispatch', department, text, follows: null } },
    { kind: 'form.decide', payload: { end: 'answered', text } },
    { kind: 'form.repeat', payload: { attitude: null, contactId } },
    { kind: 'form.supplement', payload: { text, needs: 'nothing', contactId } },
    { kind: 'form.call-back', payload: { outcome: 'unreachable', source: 'agent', text } },
    { kind: 'form.assess', payload: { id: nobody4, agent, finding: 'hard-case', clause: '', weight: 0, text } },
    { kind: 'form.count', payload: { callerName: text, contactNumber: text, text, contactId } },
    { kind: 'form.merge', payload: { into: nobody7, number: text } },
    { kind: 'form.split', payload: {} },
    { kind: 'form.settle-suggestion', payload: { end: 'noted', text } },
    { kind: 'form.link', payload: { form: nobody7, number: text } },
    { kind: 'form.use-article', payload: { article: nobody4, version: 1, helped: null, text } },
    { kind: 'form.unmask', payload: { fields: ['contactNumber'], reason: text } },
  ];
};

const orderTrials = ({ id: order, department: own }: Order, rules: ProcedureRules): readonly Tried[] => {
  const other = rules.departments.find(({ code }) => code !== own)?.code ?? own;
  const chase = { order: nobody4, type: 'chase', department: own, text, follows: order } as const;
  return [
    { kind: 'form.order', payload: chase },
    { kind: 'form.audit-order', payload: { order, verdict: 'approve' } },
    { kind: 'form.answer-order', payload: { order, text } },
    { kind: 'form.question-order', payload: { order, text } },
    { kind: 'form.reply-question', payload: { order, text } },
    { kind: 'form.refuse-order', payload: { order, reason: text } },
    { kind: 'form.hand-on-order', payload: { order, department: other, reason: text } },
    { kind: 'form.check-reply', payload: { order, verdict: 'accept' } },
    { kind: 'form.pause', payload: { order, reason: text } },
    { kind: 'form.resume', payload: { order } },
  ];
};

/** S2: whose work on this form somebody else may assess, who did most lately first. */
export const assessable = ({ history }: Pick<Form, 'history'>, assessor: string): readonly string[] => [
  ...new Set(
    history
      .map(({ by }) => by)
      .filter((by) => by !== assessor && by !== centreStaffNumber)
      .reverse(),
  ),
];
