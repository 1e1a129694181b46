import type { Change, SnapshotHead } from '../../../contract/sync.ts';
import type { Author } from '../../../domain/forms/procedure/author.ts';
import type { Scope } from '../../../domain/sync/scope.ts';
import type { DeskStore, SentForm } from './desk-store.ts';
import { rebaseForm } from './rebase-form.ts';

const takeForm = (store: DeskStore, { cursor, form }: Change, isTouched: boolean, author: Author): boolean => {
  const known = store.serverCursor(form.id);
  if (known !== undefined && known >= cursor) return false;
  if (isTouched) store.forgetTakenIn(form.id, new Set(form.history.map((entry) => entry.operation)));
  if (isTouched && store.standingOn(form.id).length > 0) {
    store.putServerForm(form, cursor);
    rebaseForm(store, form.id, author);
  } else store.putSharedForm(form, cursor);
  return true;
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
  const own = store.touched();
  const changed = changes.filter((one) => takeForm(store, one, own.has(one.form.id), author));
  // A frame may have come between the question and its answer.
  store.setState({ cursor: Math.max(store.state().cursor, cursor) });
  return new Set(changed.map(({ form }) => form.id));
};

/** Takes in forms that were asked for one by one, whatever else this desk keeps; the cursor says nothing of them. */
export const takeFound = (store: DeskStore, changes: readonly Change[], author: Author): ReadonlySet<string> => {
  const own = store.touched();
  const changed = changes.filter((one) => takeForm(store, one, own.has(one.form.id), author));
  return new Set(changed.map(({ form }) => form.id));
};

/** What the centre sends of itself; its line was opened for `scope`. */
export interface Frame {
  readonly after: number;
  readonly upTo: number;
  readonly changes: readonly Change[];
  readonly scope: Scope;
}

/**
 * Undefined: frames before it are missing here, or it is for another scope than this desk is filled for, whose roles
 * have changed since its line was opened. A pull brings everything then.
 */
export const takeFrame = (store: DeskStore, frame: Frame, author: Author): ReadonlySet<string> | undefined => {
  const { cursor, scope } = store.state();
  if (scope !== frame.scope || cursor < frame.after) return undefined;
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
export const takeLot = (store: DeskStore, lot: readonly SentForm[], author: Author): ReadonlySet<string> => {
  const { fill } = store.state();
  const last = lot.at(-1);
  if (!fill || !last) return new Set();
  const own = store.touched();
  for (const { id, cursor, parse } of lot) if (own.has(id)) takeForm(store, { cursor, form: parse() }, true, author);
  store.putSentForms(lot.filter(({ id }) => !own.has(id)));
  store.setState({ fill: { ...fill, before: last.cursor, done: fill.done + lot.length } });
  return new Set(lot.map(({ id }) => id));
};

export const endFill = (store: DeskStore): void => {
  store.forgetStrays();
  store.setState({ fill: null });
};
