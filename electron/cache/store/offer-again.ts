import { v7 as uuidV7 } from 'uuid';
import type { Form, Refusal } from '../../../domain/forms/form.ts';
import { type FormAction, formAction, type Operation } from '../../../domain/forms/operations.ts';
import { perform } from '../../../domain/forms/perform.ts';
import { ok, type Result, refused } from '../../../domain/result.ts';
import { rebase } from '../rebase.ts';
import type { Author, OpenAction } from './act.ts';
import type { DeskStore } from './desk-store.ts';
import { rebaseForm } from './rebase-form.ts';

/** An operation that the centre refused and nobody has settled. */
export interface RefusedOperation {
  readonly operation: Operation;
  readonly formNumber: string;
}

/**
 * Makes what the centre refused anew, on the form as it is now, and puts the refused operation away. What waited
 * behind it is numbered after it, so that the form's order is kept: the centre never took held operations under their
 * first numbers. What a colleague made before it, and may be on its way, keeps its own. `mayWrite` may refuse besides; a refusal leaves everything as it was.
 */
export const offerAgain = <Failure>(
  store: DeskStore,
  author: Author,
  { operation, formNumber }: RefusedOperation,
  mayWrite: (action: FormAction, standing: Form | undefined) => Result<undefined, Failure>,
  id: string = uuidV7(),
): Result<undefined, Refusal | Failure> => {
  const { form } = operation;
  const waiting = store.pending().filter((one) => one.form === form && one.seq > operation.seq);
  const standing = standsWithout(store, form, waiting, author);
  const offered = offeredOn(operation, standing);
  if (!offered) return refused({ code: 'unreadable' });
  const checked = offered.kind === 'form.open' ? ok(undefined) : mayWrite(offered, standing);
  if (!checked.ok) return checked;
  if (!isDoneAlready(offered, standing)) {
    const { device, nextSeq } = store.state();
    const made: Operation = { ...offered, id, device, seq: nextSeq, madeAt: author.now, by: author.staffNumber };
    const done = perform(standing, made, author, store.rules());
    if (!done.ok) return done;
    store.append(made, formNumber);
    for (const [index, one] of waiting.entries()) store.renumber(one.seq, { ...one, device, seq: nextSeq + 1 + index });
    store.setState({ nextSeq: nextSeq + 1 + waiting.length });
  }
  store.dismiss(operation.id);
  rebaseForm(store, form, author);
  return ok(undefined);
};

/** The centre's form with what it has taken already and what comes before: what waits comes after what is offered. */
const standsWithout = (
  store: DeskStore,
  form: string,
  waiting: readonly Operation[],
  author: Author,
): Form | undefined => {
  const after = new Set(waiting.map(({ id }) => id));
  const before = store.standingOn(form).filter(({ id }) => !after.has(id));
  return rebase(store.serverForm(form), before, author, store.rules()).form;
};

/** The same as one who has seen the form as it is now would ask for; undefined: only the centre does this. */
const offeredOn = (made: Operation, standing: Form | undefined): FormAction | OpenAction | undefined => {
  const { form, kind, payload } = made;
  if (made.kind === 'form.open') return { form, kind: made.kind, payload: made.payload };
  const parsed = formAction.safeParse({ form, kind, payload });
  if (!parsed.success) return undefined;
  const action = parsed.data;
  switch (action.kind) {
    case 'form.edit': {
      const { to } = action.payload;
      const from = Object.fromEntries(Object.entries(standing?.fields ?? {}).filter(([name]) => name in to));
      return { ...action, payload: { from, to } };
    }
    case 'form.transcribe':
      return { ...action, payload: { from: standing?.transcript ?? '', to: action.payload.to } };
    default:
      return action;
  }
};

/** Somebody else has written the same meanwhile: there is nothing left to send. */
const isDoneAlready = (offered: FormAction | OpenAction, standing: Form | undefined): boolean => {
  if (!standing) return false;
  switch (offered.kind) {
    case 'form.edit': {
      const here = new Map<string, unknown>(Object.entries(standing.fields));
      return Object.entries(offered.payload.to).every(([name, value]) => here.get(name) === value);
    }
    case 'form.transcribe':
      return offered.payload.to === standing.transcript;
    case 'form.attach':
      return standing.attachments.some((one) => one.id === offered.payload.id);
    default:
      return false;
  }
};
