import { mayDo, type Right, type Role } from '../people/roles.ts';
import { ok, type Result, refused } from '../result.ts';
import { changeForm, type FreeOperation, historyOf } from './change-form.ts';
import type { Form, Refusal } from './form.ts';
import type { Operation, OperationKind } from './operations.ts';
import type { Author } from './procedure/author.ts';
import { isProcedureOperation, type ProcedureOperation } from './procedure/event-of.ts';
import { isAtAnEnd, performProcedure } from './procedure/perform-procedure.ts';
import { newProcedure } from './procedure/procedure.ts';
import type { ProcedureRules } from './procedure/procedure-rules.ts';
import { firstWork, whyNotTheirs } from './work.ts';

/**
 * Which right each operation needs, in which phases of the form's life it may be done, and whose
 * claim it needs: `own` the author's in any case, `own-in-inbox` the author's where the form is in an
 * inbox, `own-or-lift` the author's or the right to lift another's.
 */
interface Rule {
  readonly right: Right;
  readonly onForm: 'none' | 'draft' | 'any';
  readonly claim: 'free' | 'own' | 'own-in-inbox' | 'own-or-lift';
}

const rules: Record<Exclude<OperationKind, ProcedureOperation['kind']>, Rule> = {
  'form.open': { right: 'form.open', onForm: 'none', claim: 'free' },
  // Free of claims, since what a customer adds on the phone belongs on the form whoever takes the call.
  'form.edit': { right: 'form.edit', onForm: 'draft', claim: 'free' },
  'form.note': { right: 'form.edit', onForm: 'any', claim: 'free' },
  'form.attach': { right: 'form.edit', onForm: 'any', claim: 'free' },
  'form.detach': { right: 'form.edit', onForm: 'draft', claim: 'free' },
  'form.link-call': { right: 'form.edit', onForm: 'any', claim: 'free' },
  'form.claim': { right: 'form.edit', onForm: 'any', claim: 'free' },
  'form.release': { right: 'form.read', onForm: 'any', claim: 'own-or-lift' },
  'form.set-aside': { right: 'form.edit', onForm: 'any', claim: 'own' },
  'form.transcribe': { right: 'form.edit', onForm: 'any', claim: 'own' },
  // The customer must not be rung by two clerks.
  'form.try-callback': { right: 'form.edit', onForm: 'any', claim: 'own' },
  'form.check-back': { right: 'form.edit', onForm: 'any', claim: 'own-in-inbox' },
  'form.check-back-answered': { right: 'form.edit', onForm: 'any', claim: 'free' },
  'form.check-back-sent': { right: 'form.take-in', onForm: 'any', claim: 'free' },
  'form.receive': { right: 'form.take-in', onForm: 'any', claim: 'free' },
};

/**
 * The one rule for what an operation makes of a form: called by the desk at once and by the server
 * as the final word. What leads through the procedures J to Q stands in tables of its own (procedure/stages.ts).
 */
export const perform = (
  form: Form | undefined,
  operation: Operation,
  author: Author,
  procedures: ProcedureRules,
): Result<Form, Refusal> => {
  if (isProcedureOperation(operation)) {
    return form
      ? performProcedure(form, operation, author, procedures, historyOf(operation))
      : refused({ code: 'no-such-form' });
  }
  const { roles } = author;
  const rule = rules[operation.kind];
  if (!mayDo(roles, rule.right)) return refused({ code: 'not-allowed', right: rule.right });
  if (operation.kind === 'form.open') {
    return form ? refused({ code: 'form-exists' }) : opened(operation, roles);
  }
  if (!form) return refused({ code: 'no-such-form' });
  if (rule.onForm === 'draft' && !isBeingRecorded(form, roles)) return refused({ code: 'already-submitted' });
  const held = whyHeld(form, operation, rule.claim, roles);
  return held ? refused(held) : changeForm(form, operation, roles);
};

const opened = (
  operation: Extract<Operation, { kind: 'form.open' }>,
  roles: readonly Role[],
): Result<Form, Refusal> => {
  const { number, kind, origin, fields, attachments } = operation.payload;
  // Nobody at a desk may say that a customer asked to be called back.
  const right: Right = 'form.take-in';
  if (origin.via !== 'desk' && !mayDo(roles, right)) return refused({ code: 'not-allowed', right });
  const { by, madeAt: at } = operation;
  const forwarded =
    fields.forwardedBy === '' ? [] : [{ field: 'forwardedBy', from: '', to: fields.forwardedBy } as const];
  return ok({
    id: operation.form,
    number,
    kind,
    status: 'draft',
    origin,
    work: firstWork(origin, { by, at, mayClaimText: mayDo(roles, 'claim.text') }),
    fields,
    attachments,
    notes: [],
    calls: [],
    transcript: '',
    callbackTries: [],
    checkBacks: [],
    received: [],
    procedure: newProcedure(at),
    openedBy: by,
    openedAt: at,
    changedAt: at,
    // A1: who forwarded the letter is part of how it came in.
    history: [{ ...historyOf(operation), ...(forwarded.length > 0 ? { changes: forwarded } : {}) }],
  });
};

/** A senior or the manager hotline puts right what is at work; what is at an end stands as it was. */
export const isBeingRecorded = (form: Form, roles: readonly Role[]): boolean =>
  form.status === 'draft' || (mayDo(roles, 'order.audit') && !isAtAnEnd(form));

const whyHeld = (
  form: Form,
  operation: FreeOperation,
  claim: Rule['claim'],
  roles: readonly Role[],
): Refusal | undefined => {
  const theirs = whyNotTheirs(form.work, operation.by);
  switch (claim) {
    case 'free':
      return undefined;
    case 'own':
      // What the switch saw of a call is so, whoever has the form.
      return mayDo(roles, 'form.take-in') ? undefined : theirs;
    case 'own-in-inbox':
      return form.work.state === 'none' || form.work.state === 'done' ? undefined : theirs;
    case 'own-or-lift':
      return mayDo(roles, 'claim.lift') ? undefined : theirs;
    default:
      return claim satisfies never;
  }
};
