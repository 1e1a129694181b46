import type { Author } from '../../../domain/forms/procedure/author.ts';
import { rebase } from '../rebase.ts';
import type { DeskStore } from './desk-store.ts';

/** Makes the screen's state of a form anew: the centre's, with this desk's operations on top. */
export const rebaseForm = (store: DeskStore, id: string, author: Author): void => {
  const serverForm = store.serverForm(id);
  if (serverForm) store.forgetTakenIn(id, new Set(serverForm.history.map((entry) => entry.operation)));
  const standing = store.standingOn(id);
  const { form, blocked } = rebase(serverForm, standing, author, store.rules());
  store.markBlocked(id, blocked);
  const cursor = store.serverCursor(id);
  if (serverForm && cursor !== undefined && standing.length === 0) {
    store.putSharedForm(serverForm, cursor);
    if (cursor === 0 && store.state().fill === null) store.forgetStrays();
  } else if (form) {
    store.keepServerForm(id);
    store.putScreenForm(form);
  } else store.removeScreenForm(id);
};
