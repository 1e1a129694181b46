import { idleSyncStatus } from '../../contract/idle-sync-status.ts';
import { ok, refused } from '../../domain/result.ts';
import type { HandlersOf } from '../ipc/register.ts';
import type { Sessions } from './sessions.ts';

/** Signing in and out, and the seat on the floor. */
export const sessionHandlers = (
  sessions: Sessions,
): HandlersOf<'session.sign-in' | 'session.sign-out' | 'session.read' | 'seat.read' | 'seat.send' | 'sync.read'> => ({
  'session.sign-in': (credentials) => sessions.signIn(credentials),
  'session.sign-out': () => sessions.signOut().then(() => undefined),
  'session.read': () => sessions.read(),
  'seat.read': () => sessions.current()?.seat() ?? null,
  'seat.send': ({ event }) => {
    const workplace = sessions.current();
    if (!workplace) return refused({ code: 'not-signed-in' });
    return workplace.live.send({ type: 'seat.event', event }) ? ok(undefined) : refused({ code: 'unreachable' });
  },
  'sync.read': () => sessions.current()?.sync.status() ?? idleSyncStatus,
});
