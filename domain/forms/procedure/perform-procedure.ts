import { mayDo } from '../../people/roles.ts';
import { ok, type Result, refused } from '../../result.ts';
import type { Form, HistoryEntry } from '../form.ts';
import { missingToSubmit } from '../form-kind.ts';
import { nextWork, whyNotTheirs } from '../work.ts';
import type { Author } from './author.ts';
import { callBackLeadsTo } from './call-back.ts';
import { effectOf } from './effect-of.ts';
import { eventOf, type ProcedureOperation } from './event-of.ts';
import type { HandOverCause, Procedure } from './procedure.ts';
import type { ProcedureRefusal } from './procedure-refusal.ts';
import type { ProcedureRules } from './procedure-rules.ts';
import { repeatLeadsTo } from './repeat.ts';
import { stageOfOrders } from './stage-of-orders.ts';
import { deskOf, type Move, type ProcedureEvent, type Stage, stageTables } from './stages.ts';

/** What the one who has taken a form up at its desk does alone; others add to it freely. */
const holders: readonly ProcedureEvent[] = [
  ...(['answer', 'decline', 'hand-to-senior', 'hand-to-manager', 'send-order', 'audit-order'] as const),
  ...(['check-reply', 'decide', 'call-back', 'settle-suggestion', 'merge', 'take', 'put-back'] as const),
];

/** What takes a form out of another's hand. */
const lifts: readonly ProcedureEvent[] = ['take', 'put-back'];

/**
 * The form after an operation of the procedures J, S, M, D, Q, by the tables of `stages.ts`; `entry` is its line of
 * the history. The same on the desk at once and at the centre as the final word.
 */
export const performProcedure = (
  form: Form,
  operation: ProcedureOperation,
  author: Author,
  rules: ProcedureRules,
  entry: HistoryEntry,
): Result<Form, ProcedureRefusal> => {
  const { procedure } = form;
  const sends = mayDo(author.roles, 'order.audit');
  const event = eventOf(operation, sends);
  const move = stageTables[form.kind][procedure.stage]?.moves[event];
  if (!move) return refused(whyNoMove(procedure.stage, event));
  const hindrance = whyNot(form, operation, author, move, event);
  if (hindrance) return refused(hindrance);
  const complaintType = form.fields.complaintType;
  const effect = effectOf(form, operation, { complaintType, rules, department: author.department, sends });
  if (!effect.ok) return effect;
  const after = { ...procedure, ...effect.value };
  const stage = destination(procedure, after, operation, move, rules);
  const missing = leavesDraft(procedure, stage) && !mayBeHalfRecorded(operation) ? missingToSubmit(form) : [];
  if (missing.length > 0) return refused({ code: 'fields-missing', fields: missing });
  return gone(form, stage === procedure.stage ? after : arrived(after, stage, entry.at), entry);
};

const whyNoMove = (stage: Stage, event: ProcedureEvent): ProcedureRefusal =>
  event === 'submit' ? { code: 'already-submitted' } : { code: 'not-in-this-stage', stage, event };

const whyNot = (
  form: Form,
  { by }: ProcedureOperation,
  { roles }: Author,
  { right }: Move,
  event: ProcedureEvent,
): ProcedureRefusal | undefined => {
  if (!mayDo(roles, right)) return { code: 'not-allowed', right };
  const { stage, holder } = form.procedure;
  // A draft that lies in an inbox is worked by whoever has claimed it.
  const inbox = form.work.state === 'waiting' || form.work.state === 'claimed' || form.work.state === 'set-aside';
  if (stage === 'drafting' && inbox && holders.concat('submit', 'propose-order').includes(event)) {
    const theirs = whyNotTheirs(form.work, by);
    if (theirs) return theirs;
  }
  const others = holder !== null && holder !== by && holders.includes(event);
  return others && !(lifts.includes(event) && mayLift(roles)) ? { code: 'held-by', by: holder } : undefined;
};

/** Data admins have nobody above them who could take a suggestion out of the hand of one who is away. */
const mayLift = (roles: Author['roles']): boolean => mayDo(roles, 'claim.lift') || mayDo(roles, 'suggestion.curate');

const destination = (
  before: Procedure,
  after: Procedure,
  operation: ProcedureOperation,
  { to }: Move,
  { maxCallBackTries }: ProcedureRules,
): Stage => {
  switch (to) {
    case 'stays':
      return before.stage;
    case 'by-orders': {
      // J5: what is settled at once moves nothing by itself.
      const settled = operation.kind === 'form.supplement' && operation.payload.needs === 'nothing';
      return settled ? before.stage : stageOfOrders(after);
    }
    case 'by-repeat': {
      const branch = after.repeats.at(-1)?.branch;
      return (branch && repeatLeadsTo[branch]) ?? before.stage;
    }
    case 'by-call-back':
      return operation.kind === 'form.call-back'
        ? callBackLeadsTo(before, operation.payload.outcome, maxCallBackTries)
        : before.stage;
    case 'by-decision':
      return operation.kind === 'form.decide' ? operation.payload.end : before.stage;
    default:
      return to;
  }
};

/** Causes for which somebody else goes on with the user, at once or by calling back (J1, J3). */
const halfRecorded: readonly HandOverCause[] = ['key-account', 'explanation-not-accepted', 'call-back-user'];

/** The talk goes on elsewhere (J1, J3) or ends here (J3). What a junior cannot settle is recorded in full first (J6). */
const mayBeHalfRecorded = (operation: ProcedureOperation): boolean => {
  if (operation.kind === 'form.decline') return true;
  if (operation.kind !== 'form.hand-over') return false;
  return halfRecorded.includes(operation.payload.cause);
};

const leavesDraft = (before: Procedure, stage: Stage): boolean => before.stage === 'drafting' && stage !== 'drafting';

const arrived = (after: Procedure, stage: Stage, at: number): Procedure => ({
  ...after,
  stage,
  since: at,
  holder: null,
});

const gone = (form: Form, procedure: Procedure, entry: HistoryEntry): Result<Form, ProcedureRefusal> => {
  const status = procedure.stage === 'drafting' ? 'draft' : 'submitted';
  const changed: Form = { ...form, procedure, status, changedAt: entry.at, history: [...form.history, entry] };
  if (form.status === status || form.work.state === 'none' || form.work.state === 'done') return ok(changed);
  const work = nextWork(form.work, 'submit', { by: entry.by, at: entry.at });
  return work.ok ? ok({ ...changed, work: work.value }) : work;
};

/** Whether a form is at an end, out of which only its user's coming again leads. */
export const isAtAnEnd = (form: Form): boolean => deskOf(form.kind, form.procedure.stage) === 'nobody';
