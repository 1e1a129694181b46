import { ok, type Result } from '../../domain/result.ts';
import { isOfAnotherScope, takeChanges } from '../cache/store/take-changes.ts';
import type { ApiFailure } from './api.ts';
import type { ExchangeParts } from './exchange-parts.ts';
import { pushAll } from './push-all.ts';

/** What an exchange has come to. */
export interface Exchanged {
  /** Forms whose operations the centre cannot take now: to be tried again later. */
  readonly postponed: ReadonlySet<string>;
  /** This desk is to be filled: never yet, or for another scope. */
  readonly needsFill: boolean;
}

/**
 * One exchange with the centre: everything in the outbox goes up in order, then every change of forms comes down.
 * Stops at the first failure with nothing lost: what was not acknowledged is sent again, and the centre knows a repeat.
 * Operations on forms in `waiting` are left for another time.
 */
export const exchange = async (
  parts: ExchangeParts,
  waiting: ReadonlySet<string> = new Set(),
): Promise<Result<Exchanged, ApiFailure>> => {
  const pushed = await pushAll(parts, waiting);
  if (!pushed.ok) return pushed;
  const pulled = await pullAll(parts);
  return pulled.ok ? ok({ postponed: pushed.value, needsFill: pulled.value === 'needs-fill' }) : pulled;
};

const pullAll = async (parts: ExchangeParts): Promise<Result<'up-to-date' | 'needs-fill', ApiFailure>> => {
  for (;;) {
    const { cursor, scope } = parts.disk.write((store) => store.state());
    if (scope === null) return ok('needs-fill');
    const pulled = await parts.centre.pull(cursor);
    if (!pulled.ok) return pulled;
    const taken = parts.disk.write((store): ReadonlySet<string> | 'needs-fill' | 'asked-too-late' => {
      store.noteContact({ server: pulled.value.serverTime, here: parts.now() });
      if (isOfAnotherScope(store, pulled.value.scope)) return 'needs-fill';
      // A fill that has begun meanwhile went back to an older head: what lies between would never come.
      if (store.state().cursor < cursor) return 'asked-too-late';
      const touched = takeChanges(store, pulled.value, parts.person());
      if (pulled.value.more || store.state().fill !== null) return touched;
      return new Set([...touched, ...store.forgetUnbrought()]);
    });
    if (taken === 'needs-fill') return ok(taken);
    if (taken === 'asked-too-late') continue;
    parts.onFormsChanged(taken);
    if (!pulled.value.more) return ok('up-to-date');
  }
};
