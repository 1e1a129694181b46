import type { Role } from '../../../people/roles.ts';
import type { Form } from '../../form.ts';
import type { Order } from '../orders.ts';
import type { Stage } from '../stages.ts';
import { ends } from './laws.ts';
import { everybody, newcomers, staffedDepartments } from './people.ts';
import type { Attempt } from './random-operation.ts';

const live = ({ state }: Order): boolean => ['proposed', 'sent', 'asked', 'answered'].includes(state);

/** Who has to do the next thing about a form in each stage that is no end, by the spec. */
const owners: Readonly<Partial<Record<Stage, readonly Role[]>>> = {
  drafting: ['junior-agent', 'text-clerk', 'recording-clerk', 'senior-agent', 'manager-hotline'],
  audit: ['senior-agent'],
  senior: ['senior-agent'],
  department: ['department'],
  'reply-check': ['senior-agent'],
  informing: ['junior-agent', 'senior-agent'],
  manager: ['manager-hotline'],
  answered: ['junior-agent', 'senior-agent'],
  curation: ['data-admin'],
};

/** No form without an owner or an end. A department's is one that somebody works in. */
const owned = ({ procedure: { stage, orders } }: Form): boolean => {
  if (ends.includes(stage)) return true;
  if (stage === 'department') {
    return orders.some(({ state, department }) => /sent|asked/.test(state) && staffedDepartments.includes(department));
  }
  return everybody.some(({ roles }) => roles.some((role) => owners[stage]?.includes(role)));
};

/** What lies on the form is what its stage says: nothing that waits is forgotten. */
const stageFits = ({ procedure: { stage, orders } }: Form): boolean => {
  const some = (...states: readonly string[]): boolean => orders.some(({ state }) => states.includes(state));
  switch (stage) {
    case 'audit':
      return some('proposed');
    case 'department':
      return some('sent', 'asked') && !some('proposed', 'answered');
    case 'reply-check':
      return some('answered') && !some('proposed');
    case 'informing':
      return some('accepted') && !orders.some(live);
    case 'senior':
    case 'manager':
      return true;
    default:
      return !orders.some(live);
  }
};

/** S3: a deadline from the sending on, of a dispatch alone. */
const timed = ({ procedure }: Form): boolean =>
  procedure.orders.every(
    ({ deadline, type, sentAt }) => (deadline !== null) === (type === 'dispatch' && sentAt !== null),
  );

const seniorNumbers = new Set(
  [...everybody, ...newcomers]
    .filter(({ roles }) => roles.some((role) => role === 'senior-agent' || role === 'manager-hotline'))
    .map(({ number }) => number),
);

/** J6: nothing reaches a department that no senior has sent or audited. */
const audited = ({ procedure }: Form): boolean =>
  procedure.orders.every(({ state, sentAt, audit, proposedBy }) =>
    sentAt === null
      ? ['proposed', 'not-sent', 'withdrawn'].includes(state)
      : state !== 'proposed' && state !== 'not-sent' && seniorNumbers.has(audit?.by ?? proposedBy),
  );

/** S4: a reply that the user hears of has been checked, and not by who gave it. */
const checked = ({ procedure }: Form): boolean =>
  procedure.orders.every(({ state, checkedBy, answer }) =>
    state === 'accepted' ? checkedBy !== null && answer !== null && seniorNumbers.has(checkedBy) : true,
  );

const distinctOrders = ({ procedure: { orders } }: Form): boolean =>
  new Set(orders.map(({ id }) => id)).size === orders.length;

const grown = (before: readonly unknown[], after: readonly unknown[]): boolean => after.length >= before.length;

/** Of lists that only ever grow, nothing has gone. */
const kept = ({ procedure: before }: Form, { procedure: after }: Form): boolean =>
  grown(before.orders, after.orders) &&
  before.orders.every(({ id, talk }, at) => after.orders[at]?.id === id && grown(talk, after.orders[at].talk)) &&
  grown(before.supplements, after.supplements) &&
  grown(before.repeats, after.repeats) &&
  grown(before.callBacks, after.callBacks) &&
  grown(before.handOvers, after.handOvers) &&
  grown(before.assessments, after.assessments) &&
  grown(before.supporters, after.supporters);

const entered = (before: Form, after: Form, { operation }: Attempt): boolean => {
  const last = after.history.at(-1);
  return (
    after.history.length === before.history.length + 1 &&
    after.history[0] === before.history[0] &&
    after.history.at(-2) === before.history.at(-1) &&
    last?.operation === operation.id &&
    last.by === operation.by
  );
};

const sameForm = (before: Form, after: Form): boolean =>
  after.id === before.id &&
  after.number === before.number &&
  after.kind === before.kind &&
  after.openedBy === before.openedBy &&
  after.openedAt === before.openedAt;

/** A form that was taken up at one desk lies free at the next. */
const freed = ({ procedure: before }: Form, { procedure: after }: Form): boolean =>
  before.stage === after.stage || after.holder === null;

/** What an applied operation has broken of what must hold whatever happens to a form; `undefined`: nothing. */
export const unsound = (before: Form, after: Form, attempt: Attempt): string | undefined => {
  if (!sameForm(before, after)) return 'the form is another';
  if (!entered(before, after, attempt)) return 'the history did not grow by the operation';
  if (after.procedure === before.procedure) return undefined;
  if (!owned(after)) return `nobody owns it in ${after.procedure.stage}`;
  if (!stageFits(after)) return `what lies on it does not fit ${after.procedure.stage}`;
  if (!kept(before, after)) return 'something on it has vanished';
  if (!freed(before, after)) return 'its holder went along to another desk';
  if (!distinctOrders(after)) return 'two orders are one';
  if (!timed(after)) return 'a deadline stands where none is, or none where one is';
  if (!audited(after)) return 'an order was sent that no senior has seen';
  if (!checked(after)) return 'a reply was accepted that no senior has checked';
  return undefined;
};
