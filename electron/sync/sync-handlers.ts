import { syncVersion } from '../../contract/sync.ts';
import { measureCache, readFigures } from '../cache/cache-figures.ts';
import { readMeta } from '../cache/meta.ts';
import { listPending } from '../cache/pending-list.ts';
import type { HandlersOf } from '../ipc/register.ts';
import type { Sessions } from '../session/sessions.ts';

/** What the sync page asks for. */
export const syncHandlers = (parts: {
  readonly sessions: Sessions;
  readonly server: string;
  /** Of this program. */
  readonly version: string;
}): HandlersOf<'sync.pending' | 'sync.details' | 'sync.now'> => ({
  'sync.pending': (page) => {
    const workplace = parts.sessions.current();
    if (!workplace) return { operations: [], total: 0, forms: 0 };
    const { staffNumber } = workplace.person();
    return workplace.cache.database.read((reads) => listPending(reads, page, staffNumber));
  },
  'sync.details': async () => {
    const workplace = parts.sessions.current();
    if (!workplace) return null;
    const { cache } = workplace;
    const { forms, oldestChangeAt, scope, schema } = cache.database.read(readFigures);
    const { device, desk_number: deskNumber } = cache.database.read(readMeta);
    return {
      ...{ forms, oldestChangeAt, scope, device, deskNumber, key: workplace.keyKeptBy() },
      ...(await measureCache(cache)),
      server: parts.server,
      versions: { desk: parts.version, sync: syncVersion, schema, electron: process.versions['electron'] ?? '' },
    };
  },
  'sync.now': () => {
    const workplace = parts.sessions.current();
    workplace?.live.retryNow();
    workplace?.sync.kick();
  },
});
