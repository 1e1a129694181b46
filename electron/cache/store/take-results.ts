import type { PushResult } from '../../../contract/sync.ts';
import type { Refusal } from '../../../domain/forms/form.ts';
import type { Operation } from '../../../domain/forms/operations.ts';
import type { Author } from '../../../domain/forms/procedure/author.ts';
import type { DeskStore } from './desk-store.ts';
import { rebaseForm } from './rebase-form.ts';
import { renewDevice } from './renew-device.ts';

/** What the answers to a push come to. */
export interface ResultsTaken {
  /** Forms whose view may have changed. */
  readonly touched: ReadonlySet<string>;
  /** Forms that the centre could not take something of now, by the fault of no other operation. */
  readonly postponed: ReadonlySet<string>;
  /** The session is bound to another name than this desk has now: it must sign in under its own. */
  readonly needsSession: boolean;
}

/** Takes the centre's answers to what was pushed, one for each operation in its order. */
export const takeResults = (
  store: DeskStore,
  sent: readonly Operation[],
  results: readonly PushResult[],
  author: Author,
): ResultsTaken => {
  const touched = new Set<string>();
  const changed = new Set<string>();
  const postponed = new Set<string>();
  let isCopied = false;
  let needsSession = false;
  for (const [index, result] of results.entries()) {
    const operation = sent[index];
    if (!operation) continue;
    const { form } = operation;
    if (result.outcome === 'postponed') {
      if (result.behind === null) postponed.add(form);
      continue;
    }
    // No judgement of what was done: a desk that took another name on the way sends it again under that.
    if (result.outcome === 'rejected' && result.refusal.code === 'sequence-taken') {
      isCopied ||= operation.device === store.state().device;
      continue;
    }
    if (result.outcome === 'rejected' && isOfAnotherName(result.refusal)) {
      needsSession ||= operation.device === store.state().device;
      continue;
    }
    touched.add(form);
    if (result.outcome === 'rejected') {
      store.reject(result.id, result.refusal);
      changed.add(form);
    } else {
      // The screen shows it as it did; only where the centre's form has come first is it to be forgotten now.
      store.acknowledge(result.id);
      if (store.isShown(form, result.id)) changed.add(form);
    }
  }
  // A copy of this desk goes on under its name. What is pending then comes after what was taken, whatever stood between.
  if (isCopied) renewDevice(store);
  for (const form of isCopied ? touched : changed) rebaseForm(store, form, author);
  return { touched, postponed, needsSession: needsSession || isCopied };
};

const isOfAnotherName = (refusal: Refusal): boolean =>
  refusal.code === 'not-allowed' && refusal.right === 'sync.device';
