import { type CallbackRules, callbackState, nextTryAt, usualCallbackRules } from './callback.ts';
import type { Form } from './form.ts';
import { hasProblem } from './origin.ts';
import { isOpen } from './procedure/orders.ts';
import { type ProcedureRules, usualProcedureRules } from './procedure/procedure-rules.ts';
import { deskOf } from './procedure/stages.ts';
import { firstDue, timedOrders } from './procedure/standing-deadline.ts';
import { toldOf } from './procedure/told-of.ts';

const excerptLength = 60;

/** What a form's row is reckoned by. */
export interface FormRules {
  readonly callbacks: CallbackRules;
  readonly procedures: ProcedureRules;
}

export const usualFormRules: FormRules = { callbacks: usualCallbackRules, procedures: usualProcedureRules };

/** What lists and counts look at: of every form the same names in the same order, each a text, a whole number or null. */
export const formRow = (form: Form, { callbacks, procedures }: FormRules) => ({
  ...shownColumns(form),
  ...inboxColumns(form, callbacks),
  ...procedureColumns(form, procedures),
});
export type FormRow = ReturnType<typeof formRow>;

/** The names of a row, in their order: those that fill a cache and the cache itself must mean the same by them. */
export const formRowNames = [
  ...(['id', 'number', 'status', 'caller_name', 'contact_number', 'excerpt', 'opened_by', 'opened_at'] as const),
  ...(['changed_at', 'kind', 'via', 'work_state', 'inbox', 'claimed_by', 'waiting_since', 'problem'] as const),
  ...(['next_try_at', 'ring_until', 'remind_at', 'stage', 'desk', 'stage_since', 'holder', 'due_at'] as const),
  ...(['deadline', 'told', 'overdue_from', 'at_departments', 'supporters', 'merged_into', 'assessed_at'] as const),
] satisfies readonly (keyof FormRow)[];

const shownColumns = (form: Form) => ({
  id: form.id,
  number: form.number,
  status: form.status,
  caller_name: form.fields.callerName,
  contact_number: form.fields.contactNumber,
  excerpt: [...form.fields.text].slice(0, excerptLength).join(''),
  opened_by: form.openedBy,
  opened_at: form.openedAt,
  changed_at: form.changedAt,
});

const procedureColumns = (form: Form, rules: ProcedureRules) => {
  const told = toldOf(form, rules.deadlines);
  const { stage, since, holder, orders, supporters, mergedInto, assessments } = form.procedure;
  const deadline = firstDue(form)?.deadline;
  const running = timedOrders(form).flatMap((one) => (one.deadline.paused ? [] : [one.deadline.dueAt]));
  return {
    stage,
    desk: deskOf(form.kind, stage),
    stage_since: since,
    holder,
    due_at: deadline?.dueAt ?? null,
    deadline: deadline ? JSON.stringify(deadline) : null,
    told: told.length > 0 ? JSON.stringify(told) : null,
    // J4b: one that stands still is never overdue.
    overdue_from: running.length > 0 ? Math.min(...running) : null,
    at_departments: orders
      .filter(isOpen)
      .map(({ department }) => `${department} `)
      .join(''),
    supporters: supporters.length,
    merged_into: mergedInto?.form ?? null,
    assessed_at: assessments.length > 0 ? Math.max(...assessments.map(({ at }) => at)) : null,
  };
};

const inboxColumns = (form: Form, rules: CallbackRules) => {
  const { work, origin, changedAt } = form;
  const callback = callbackState(form, changedAt, rules);
  const reminders = form.checkBacks.filter((one) => one.answer === null).map((one) => one.remindAt);
  return {
    kind: form.kind,
    via: origin.via,
    work_state: work.state,
    inbox: work.state === 'none' ? null : work.inbox,
    claimed_by: work.state === 'claimed' ? work.by : null,
    waiting_since: waitingSince(form),
    problem: hasProblem(origin) || callback?.state === 'needs-person' ? 1 : 0,
    next_try_at: nextTryAt(form, changedAt, rules) ?? null,
    // After this a callback is no longer rung by rule: it is then a problem without any change of the form.
    ring_until: origin.via === 'callback' ? origin.window.to : null,
    remind_at: reminders.length > 0 ? Math.min(...reminders) : null,
  };
};

const waitingSince = ({ work }: Form): number | null => {
  if (work.state === 'waiting') return work.since;
  return work.state === 'claimed' ? work.waitingSince : null;
};
