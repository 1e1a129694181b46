import { ok, type Result } from '../../domain/result.ts';
import { beginFill, endFill, takeLot } from '../cache/store/take-changes.ts';
import type { ApiFailure } from './api.ts';
import type { ExchangeParts } from './exchange-parts.ts';

/**
 * Fills the cache with the forms of its scope, those last changed first, lot by lot, from where it broke off. Other work
 * goes on beside it: changes after the head are pulled as ever, and no lot overwrites what is newer.
 */
export const fillCache = async (
  parts: ExchangeParts & {
    readonly onLot: () => void;
    /** Lets everything else have its turn between two lots. */
    readonly pause: () => Promise<void>;
    readonly anew: boolean;
  },
): Promise<Result<undefined, ApiFailure>> => {
  const { fill, scope } = parts.disk.write((store) => store.state());
  const resumable = fill !== null && fill.before !== null && !parts.anew;
  const opened = await parts.centre.fill(resumable ? { head: fill.head, before: fill.before } : null);
  if (!opened.ok) return opened;
  const stream = opened.value;
  try {
    parts.disk.write((store) => {
      store.noteContact({ server: stream.head.serverTime, here: parts.now() });
      if (!resumable || stream.head.scope !== scope) beginFill(store, stream.head);
    });
    // Resumed under another scope, what follows is not from its beginning.
    if (resumable && stream.head.scope !== scope) return fillCache({ ...parts, anew: true });
    for (;;) {
      const lot = await stream.next();
      if (!lot.ok) return lot;
      const forms = lot.value;
      if (forms === 'end') break;
      parts.onFormsChanged(parts.disk.writeRepeatable((store) => takeLot(store, forms, parts.person())));
      parts.onLot();
      await parts.pause();
    }
    parts.disk.writeRepeatable(endFill);
    parts.onLot();
    return ok(undefined);
  } finally {
    stream.close();
  }
};
