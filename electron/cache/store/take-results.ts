import type { PushResult } from '../../../contract/sync.ts';
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
  /** A copy of this desk goes on under its name: it has taken another, and must sign in under that. */
  readonly renamed: boolean;
}

/** Takes the centre's answers to what was pushed, one for each operation in its order. */
export const takeResults = (
  store: DeskStore,
  sent: readonly Operation[],
  results: readonly PushResult[],
  author: Author,
): ResultsTaken => {
  const touched = new Set<string>();
  const postponed = new Set<string>();
  let renamed = false;
  for (const [index, result] of results.entries()) {
    const form = sent[index]?.form;
    if (form === undefined) continue;
    if (result.outcome === 'postponed') {
      if (result.behind === null) postponed.add(form);
      continue;
    }
    if (result.outcome === 'rejected' && result.refusal.code === 'sequence-taken') {
      renamed = true;
      continue;
    }
    if (result.outcome === 'rejected') store.reject(result.id, result.refusal);
    else store.acknowledge(result.id);
    touched.add(form);
  }
  for (const form of touched) rebaseForm(store, form, author);
  if (renamed) renewDevice(store);
  return { touched, postponed, renamed };
};
