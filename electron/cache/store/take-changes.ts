import type { Change, SnapshotHead } from '../../../contract/sync.ts';
import type { Author } from '../../../domain/forms/procedure/author.ts';
import type { Scope } from '../../../domain/sync/scope.ts';
import type { DeskStore } from './desk-store.ts';
import { rebaseForm } from './rebase-form.ts';

/** A change taken in alone is found by a search at once; of so many, the index is made afterwards. */
const mostIndexedAtOnce = 50;

const takeForms = (store: DeskStore, changes: readonly Change[], author: Author): ReadonlySet<string> => {
  const touched = new Set<string>();
  const index = changes.length > mostIndexedAtOnce ? 'later' : 'now';
  for (const { cursor, form } of changes) {
    const known = store.serverCursor(form.id);
    if (known !== undefined && known >= cursor) continue;
    touched.add(form.id);
    if (store.isTouched(form.id)) {
      store.putServerForm(form, cursor);
      rebaseForm(store, form.id, author);
    } else store.putSharedForm(form, cursor, index);
  }
  return touched;
};

/**
 * Takes changes of the centre in with the cursor they lead to, or neither; they come after a cursor at which
 * this desk has stood. Answers the forms whose view may have changed.
 */
export const takeChanges = (
  store: DeskStore,
  { changes, cursor }: { readonly changes: readonly Change[]; readonly cursor: number },
  author: Author,
): ReadonlySet<string> => {
  const touched = takeForms(store, changes, author);
  // A frame may have come between the question and its answer.
  store.setState({ cursor: Math.max(store.state().cursor, cursor) });
  return touched;
};

/** What the centre sends of itself; undefined: frames before it are missing here, and a pull brings everything. */
export const takeFrame = (
  store: DeskStore,
  frame: { readonly after: number; readonly upTo: number; readonly changes: readonly Change[] },
  author: Author,
): ReadonlySet<string> | undefined => {
  const { cursor, scope } = store.state();
  if (scope === null || cursor < frame.after) return undefined;
  return takeChanges(store, { changes: frame.changes, cursor: frame.upTo }, author);
};

/** Whether what an answer says of the scope asks for a fill. Before there were scopes, caches held what was pulled. */
export const isOfAnotherScope = (store: DeskStore, scope: Scope): boolean => {
  const known = store.state().scope;
  if (known === 'unknown') store.setState({ scope });
  return known !== 'unknown' && known !== scope;
};

/**
 * A fill begins: what was held for another scope goes at once, but for what this desk has work of its own on, which
 * goes when that is settled. From here on changes after `head` are pulled as ever, whatever of the fill is to come.
 */
export const beginFill = (store: DeskStore, head: SnapshotHead): void => {
  store.forgetUntouchedForms();
  store.setState({
    scope: head.scope,
    cursor: head.head,
    fill: { head: head.head, before: null, done: 0, total: head.forms },
  });
};

/** Takes in a lot of a fill, the forms last changed first, with how far it has come. */
export const takeLot = (store: DeskStore, lot: readonly Change[], author: Author): ReadonlySet<string> => {
  const { fill } = store.state();
  const last = lot.at(-1);
  if (!fill || !last) return new Set();
  const touched = takeForms(store, lot, author);
  store.setState({ fill: { ...fill, before: last.cursor, done: fill.done + lot.length } });
  return touched;
};

export const endFill = (store: DeskStore): void => {
  store.forgetStrays();
  store.setState({ fill: null });
};
