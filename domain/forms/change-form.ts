import { mayDo, type Role } from '../people/roles.ts';
import { ok, type Result, refused } from '../result.ts';
import { editFields } from './edit-fields.ts';
import type { Form, HistoryEntry, Refusal } from './form.ts';
import type { ChangeOperation, Operation } from './operations.ts';
import type { ProcedureOperation } from './procedure/event-of.ts';
import { nextWork, rightToClaim, type WorkEvent } from './work.ts';

const maxAttachments = 50;

type Changes = Partial<Form>;
/** What changes a form without leading on in its procedure. */
export type FreeOperation = Exclude<ChangeOperation, ProcedureOperation>;
type Of<Kind extends FreeOperation['kind']> = Extract<FreeOperation, { kind: Kind }>;

/** What an operation that is allowed makes of a form that is there; `perform` asks first. */
export const changeForm = (form: Form, operation: FreeOperation, roles: readonly Role[]): Result<Form, Refusal> => {
  const entry = historyOf(operation);
  switch (operation.kind) {
    case 'form.edit': {
      const edited = editFields(form.fields, operation.payload);
      if (!edited.ok) return edited;
      return done(form, { ...entry, changes: edited.value.changes }, { fields: edited.value.fields });
    }
    case 'form.note': {
      const note = { operation: operation.id, by: operation.by, at: operation.madeAt, text: operation.payload.text };
      return done(form, entry, { notes: [...form.notes, note] });
    }
    case 'form.attach':
      if (form.attachments.length >= maxAttachments) return refused({ code: 'too-many-attachments' });
      return done(form, entry, { attachments: [...form.attachments, operation.payload] });
    case 'form.detach': {
      const { attachmentId } = operation.payload;
      const rest = form.attachments.filter((one) => one.id !== attachmentId);
      if (rest.length === form.attachments.length) return refused({ code: 'no-such-attachment' });
      return done(form, entry, { attachments: rest });
    }
    case 'form.link-call': {
      // Told again once more is known of it; another seat's part of the same contact has a proof of its own (A3).
      const { contactId, answeredAt } = operation.payload;
      const others = form.calls.filter((call) => call.contactId !== contactId || call.answeredAt !== answeredAt);
      return done(form, entry, { calls: [...others, operation.payload] });
    }
    case 'form.claim':
      return claimed(form, operation, roles);
    case 'form.release':
      return moved(form, operation, 'release');
    case 'form.set-aside':
      return moved(form, operation, 'set-aside', {}, operation.payload.reason);
    case 'form.transcribe': {
      const { from, to } = operation.payload;
      if (form.origin.via !== 'voice-message') return refused({ code: 'wrong-origin' });
      if (form.transcript !== from && form.transcript !== to) return refused({ code: 'transcript-changed-meanwhile' });
      return done(form, entry, { transcript: to });
    }
    case 'form.try-callback': {
      if (form.origin.via !== 'callback') return refused({ code: 'wrong-origin' });
      const made = { operation: operation.id, by: operation.by, ...operation.payload };
      return done(form, entry, { callbackTries: [...form.callbackTries, made] });
    }
    case 'form.check-back':
    case 'form.check-back-answered':
    case 'form.check-back-sent':
      return checkedBack(form, operation, roles);
    case 'form.receive':
      return received(form, operation);
    default:
      return operation satisfies never;
  }
};

const claimed = (form: Form, operation: Of<'form.claim'>, roles: readonly Role[]): Result<Form, Refusal> => {
  const right = 'inbox' in form.work ? rightToClaim[form.work.inbox] : undefined;
  if (right && !mayDo(roles, right)) return refused({ code: 'not-allowed', right });
  return moved(form, operation, 'claim');
};

/** The form with its work gone on by an event. */
const moved = (
  form: Form,
  operation: FreeOperation,
  event: WorkEvent,
  changes: Changes = {},
  reason?: string,
): Result<Form, Refusal> => {
  const told = reason === undefined ? {} : { reason };
  const work = nextWork(form.work, event, { by: operation.by, at: operation.madeAt, ...told });
  if (!work.ok) return work;
  return done(form, { ...historyOf(operation), ...told }, { ...changes, work: work.value });
};

/** A4: asked, sent, answered; the attempt stays whatever comes of it. */
const checkedBack = (
  form: Form,
  operation: Of<'form.check-back' | 'form.check-back-answered' | 'form.check-back-sent'>,
  roles: readonly Role[],
): Result<Form, Refusal> => {
  const known = form.checkBacks.find((one) => one.id === operation.payload.id);
  const entry = historyOf(operation);
  const told = { operation: operation.id, by: operation.by, at: operation.madeAt };
  if (operation.kind === 'form.check-back') {
    if (known) return refused({ code: 'check-back-exists' });
    const asked = { ...operation.payload, ...told, sending: null, answer: null };
    return done(form, entry, { checkBacks: [...form.checkBacks, asked] });
  }
  if (!known) return refused({ code: 'no-such-check-back' });
  const replaced = (change: Partial<Form['checkBacks'][number]>): readonly Form['checkBacks'][number][] =>
    form.checkBacks.map((one) => (one === known ? { ...one, ...change } : one));
  if (operation.kind === 'form.check-back-sent') {
    const { id: _, ...sending } = operation.payload;
    return done(form, entry, { checkBacks: replaced({ sending }) });
  }
  if (known.answer) return refused({ code: 'answered-already' });
  const changes = { checkBacks: replaced({ answer: { ...told, text: operation.payload.text } }) };
  // Whoever writes an answer down has seen it; of one given on the web page nobody knows yet.
  return mayDo(roles, 'form.take-in') ? takenUp(form, operation, changes) : done(form, entry, changes);
};

const received = (form: Form, operation: Of<'form.receive'>): Result<Form, Refusal> => {
  const { mail, attachments, checkBack } = operation.payload;
  const answer = { operation: operation.id, by: operation.by, at: operation.madeAt, text: mail.text.slice(0, 4_000) };
  return takenUp(form, operation, {
    received: [...form.received, { ...mail, operation: operation.id }],
    attachments: [...form.attachments, ...attachments],
    checkBacks: form.checkBacks.map((one) => (one.id === checkBack && !one.answer ? { ...one, answer } : one)),
  });
};

/**
 * An answer that came in by itself is on the form whatever its state, and a form that nobody has in hand
 * any more goes back into an inbox. A draft opened in a talk stays with the agent who is writing it.
 */
const takenUp = (form: Form, operation: FreeOperation, changes: Changes): Result<Form, Refusal> => {
  const { state } = form.work;
  const inHand = state === 'waiting' || state === 'claimed' || (state === 'none' && form.status === 'draft');
  return inHand ? done(form, historyOf(operation), changes) : moved(form, operation, 'receive', changes);
};

const done = (form: Form, entry: HistoryEntry, changes: Changes): Result<Form, Refusal> =>
  ok({ ...form, ...changes, changedAt: entry.at, history: [...form.history, entry] });

export const historyOf = (operation: Operation): HistoryEntry => ({
  operation: operation.id,
  kind: operation.kind,
  by: operation.by,
  at: operation.madeAt,
});
