import { type CallbackRules, callbackState, nextTryAt } from '../../domain/forms/callback.ts';
import type { Form } from '../../domain/forms/form.ts';
import { hasProblem } from '../../domain/forms/origin.ts';
import { isOpen } from '../../domain/forms/procedure/orders.ts';
import type { ProcedureRules } from '../../domain/forms/procedure/procedure-rules.ts';
import { deskOf } from '../../domain/forms/procedure/stages.ts';
import { firstDue, timedOrders } from '../../domain/forms/procedure/standing-deadline.ts';
import { toldOf } from '../../domain/forms/procedure/told-of.ts';
import type { Writes } from './database.ts';
import { readCallbackRules, readProcedureRules } from './meta.ts';
import { forgetForm, indexForm, putOff } from './search/form-index.ts';

const excerptLength = 60;

/** What a form's columns are reckoned by. */
export interface FormRules {
  readonly callbacks: CallbackRules;
  readonly procedures: ProcedureRules;
}

/** Writes the screen's state of a form with the columns that lists and counts look at, and what is searched. */
export const writeForm = (writes: Writes, form: Form, rules: FormRules = readFormRules(writes)): void => {
  const row = rowOf(form, rules);
  putRow(writes, row);
  indexForm(writes, row, searchedText(form));
};

/** Brings a form that was put off into what a search looks through. */
export const indexPutOff = (writes: Writes, form: Form, rules: FormRules): void =>
  indexForm(writes, rowOf(form, rules), searchedText(form));

/** Writes a form that a search will find later (`indexSome`). */
export const putOffForm = (writes: Writes, form: Form, rules: FormRules): void => {
  putRow(writes, rowOf(form, rules));
  putOff(writes, form.id);
};

export const readFormRules = (writes: Writes): FormRules => ({
  callbacks: readCallbackRules(writes),
  procedures: readProcedureRules(writes),
});

type FormRow = ReturnType<typeof rowOf>;
const rowOf = (form: Form, { callbacks, procedures }: FormRules) => ({
  ...shownColumns(form),
  ...inboxColumns(form, callbacks),
  ...procedureColumns(form, procedures),
});

let putRowSql: string | undefined;
const putRow = (writes: Writes, row: FormRow): void => {
  putRowSql ??= upsertOf(Object.keys(row));
  writes.run(putRowSql, ...Object.values(row));
};

const upsertOf = (names: readonly string[]): string =>
  `INSERT INTO forms (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
   ON CONFLICT (id) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`;

/** Neither lists nor a search show it any more. */
export const removeForm = (writes: Writes, id: string): void => {
  writes.run('DELETE FROM forms WHERE id = ?', id);
  forgetForm(writes, id);
};

const searchedText = ({ number, fields, transcript, origin }: Form): string =>
  [
    number,
    fields.callerName,
    fields.contactNumber,
    fields.account,
    fields.text,
    fields.happenedWhere,
    fields.forwardedBy,
    transcript,
    ...(origin.via === 'e-mail' ? [origin.from, origin.fromName, origin.subject] : []),
  ].join('\n');

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
  form: JSON.stringify(form),
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
