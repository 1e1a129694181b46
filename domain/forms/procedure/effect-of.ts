import { ok, type Result, refused } from '../../result.ts';
import { contactIdsOf } from '../contact-ids.ts';
import type { Form } from '../form.ts';
import { isOrderOperation, type ProcedureOperation } from './event-of.ts';
import type { Procedure } from './procedure.ts';
import type { EffectRefusal } from './procedure-refusal.ts';
import { repeatBranch } from './repeat.ts';
import { warnOfOrder } from './warnings.ts';
import { type OrderContext, withdrawAll, workOrders } from './work-orders.ts';

type Of<Kind extends ProcedureOperation['kind']> = Extract<ProcedureOperation, { kind: Kind }>;
type Effect = Result<Partial<Procedure>, EffectRefusal>;

/** What an operation writes down on the form, besides where it leads. */
export const effectOf = (form: Form, operation: ProcedureOperation, context: OrderContext): Effect => {
  const { procedure } = form;
  const entry = { operation: operation.id, by: operation.by, at: operation.madeAt };
  if (isOrderOperation(operation)) {
    const orders = workOrders(procedure.orders, operation, context);
    const settled = operation.kind === 'form.order' ? settledByOrder(procedure, operation, context) : {};
    return orders.ok ? ok({ orders: orders.value, ...settled }) : orders;
  }
  switch (operation.kind) {
    case 'form.submit':
    case 'form.unmask':
      return ok({});
    case 'form.answer':
      return ok({ answer: { ...entry, text: operation.payload.text }, ...allOver(procedure) });
    case 'form.decline':
      if (!context.rules.declineReasons.some((one) => one.code === operation.payload.reason))
        return refused({ code: 'no-such-reason' });
      return ok({ declined: { ...entry, ...operation.payload }, ...allOver(procedure) });
    case 'form.hand-over':
      return ok({ handOvers: [...procedure.handOvers, { ...entry, ...operation.payload }] });
    case 'form.escalate':
      return escalated(procedure, operation, context);
    case 'form.decide': {
      const { text } = operation.payload;
      return ok({ decision: { ...entry, text }, answer: { ...entry, text }, ...allOver(procedure) });
    }
    case 'form.repeat': {
      const { attitude } = operation.payload;
      const branch = repeatBranch(procedure, attitude, operation.madeAt);
      return ok({ repeats: [...procedure.repeats, { ...entry, ...operation.payload, branch }] });
    }
    case 'form.supplement': {
      const settled = operation.payload.needs === 'nothing';
      return ok({ supplements: [...procedure.supplements, { ...entry, ...operation.payload, settled }] });
    }
    case 'form.settle-supplement':
      return settleSupplement(procedure, operation);
    case 'form.call-back':
      return ok({ callBacks: [...procedure.callBacks, { ...entry, ...operation.payload }] });
    case 'form.assess':
    case 'form.answer-assessment':
      return assessed(form, operation, context);
    case 'form.count': {
      const { contactId } = operation.payload;
      // The one who opened the form is counted with it.
      const counted = [...contactIdsOf(form), ...procedure.supporters.map((one) => one.contactId)];
      const known = contactId !== null && counted.includes(contactId);
      if (known) return refused({ code: 'counted-already' });
      return ok({ supporters: [...procedure.supporters, { ...entry, ...operation.payload }] });
    }
    case 'form.merge':
      if (operation.payload.into === form.id) return refused({ code: 'merge-into-itself' });
      return ok({ mergedInto: { form: operation.payload.into, number: operation.payload.number } });
    case 'form.split':
      return ok({ mergedInto: null });
    case 'form.settle-suggestion':
      return ok({ settled: { ...entry, ...operation.payload } });
    case 'form.link': {
      const others = procedure.links.filter((one) => one.form !== operation.payload.form);
      return ok({ links: [...others, operation.payload] });
    }
    case 'form.use-article': {
      const { article, version } = operation.payload;
      const others = procedure.articlesUsed.filter(
        (one) => !(one.article === article && one.version === version && one.by === operation.by),
      );
      return ok({ articlesUsed: [...others, { ...entry, ...operation.payload }] });
    }
    case 'form.take':
      return ok({ holder: operation.by });
    case 'form.put-back':
      return procedure.holder === null ? refused({ code: 'not-held' }) : ok({ holder: null });
    default:
      return operation satisfies never;
  }
};

/** Once the user is answered nothing waits any more: what departments still have is taken back. */
const allOver = ({ orders, supplements }: Procedure): Partial<Procedure> => ({
  orders: withdrawAll(orders),
  supplements: settledWhere(supplements, () => true),
});

/**
 * J5: an order is what its author's supplement waited for. What a senior sends, a senior has read every supplement for.
 */
const settledByOrder = (
  { supplements }: Procedure,
  { by }: Of<'form.order'>,
  { sends }: OrderContext,
): Partial<Procedure> => ({
  supplements: settledWhere(supplements, (one) => sends || (one.needs === 'order' && one.by === by)),
});

type Supplement = Procedure['supplements'][number];

const settledWhere = (
  supplements: readonly Supplement[],
  isSettled: (one: Supplement) => boolean,
): readonly Supplement[] =>
  supplements.map((one) => (one.settled || !isSettled(one) ? one : { ...one, settled: true }));

/** S4: each overdue order is handed to the manager hotline once. */
const escalated = (
  { orders, handOvers }: Procedure,
  { id, by, madeAt: at, payload }: Of<'form.escalate'>,
  { rules }: OrderContext,
): Effect => {
  const told = warnOfOrder(orders, { ...payload, atPercent: 100 }, at, rules.deadlines);
  if (!told.ok) return told.error.code === 'not-reached' ? refused({ code: 'not-overdue' }) : told;
  const handOver = { operation: id, by, at, to: 'manager', cause: 'overdue', text: '' } as const;
  return ok({ orders: told.value, handOvers: [...handOvers, handOver] });
};

const settleSupplement = ({ supplements }: Procedure, { payload }: Of<'form.settle-supplement'>): Effect => {
  const known = supplements.find((one) => one.operation === payload.supplement && !one.settled);
  if (!known) return refused({ code: 'no-such-supplement' });
  return ok({ supplements: settledWhere(supplements, (one) => one === known) });
};

/** S2: found by a senior, seen and answered by the one it is about. */
const assessed = (
  { procedure, history }: Form,
  operation: Of<'form.assess' | 'form.answer-assessment'>,
  { rules }: OrderContext,
): Effect => {
  const entry = { operation: operation.id, by: operation.by, at: operation.madeAt };
  const { assessments } = procedure;
  if (operation.kind === 'form.assess') {
    const { id, agent, finding, clause } = operation.payload;
    if (assessments.some((one) => one.id === id)) return refused({ code: 'answered-already' });
    if (agent === operation.by || !history.some((one) => one.by === agent)) return refused({ code: 'no-such-agent' });
    const known = finding === 'hard-case' || rules.assessmentClauses.some((one) => one.code === clause);
    if (!known) return refused({ code: 'no-such-clause' });
    return ok({ assessments: [...assessments, { ...entry, ...operation.payload, answer: null }] });
  }
  const { id, text } = operation.payload;
  const known = assessments.find((one) => one.id === id && one.agent === operation.by);
  if (!known) return refused({ code: 'no-such-assessment' });
  if (known.answer) return refused({ code: 'answered-already' });
  return ok({ assessments: assessments.map((one) => (one === known ? { ...one, answer: { ...entry, text } } : one)) });
};
