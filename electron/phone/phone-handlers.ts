import { routes } from '../../contract/http.ts';
import type { PhoneSnapshot } from '../../contract/phone.ts';
import { ok, refused } from '../../domain/result.ts';
import type { Broadcast } from '../ipc/broadcast.ts';
import type { HandlersOf } from '../ipc/register.ts';
import type { Sessions } from '../session/sessions.ts';
import { authorized } from '../sync/authorized.ts';

type PhoneNames = 'phone.command' | 'phone.read' | 'phone.publish' | 'phone.account';

/** What the desk's other parts may know of the phone. */
export interface PhoneRelay {
  readonly handlers: HandlersOf<PhoneNames>;
  readonly callIsUp: () => boolean;
  /** Contact ids of the calls that were answered and are up: whose users are on the line. */
  readonly callsInHand: () => readonly string[];
  /** The phone window is gone, and its calls with it. */
  readonly reset: () => void;
}

const silent: PhoneSnapshot = { registration: { state: 'off' }, calls: [], fault: null };

/** Carries commands from the desk window to the phone window and the phone's state back. */
export const createPhoneRelay = (options: {
  readonly sessions: Sessions;
  readonly server: string;
  readonly instanceId: () => string;
  readonly broadcast: Broadcast;
  readonly onRinging: (call: PhoneSnapshot['calls'][number]) => void;
}): PhoneRelay => {
  const { sessions, broadcast } = options;
  let snapshot = silent;
  const take = (next: PhoneSnapshot): void => {
    const known = new Set(snapshot.calls.map((call) => call.id));
    snapshot = next;
    broadcast('phone.changed', next);
    const ringing = next.calls.find(
      (call) => call.phase === 'ringing' && call.direction === 'in' && !known.has(call.id),
    );
    if (ringing) options.onRinging(ringing);
  };
  return {
    callIsUp: () => snapshot.calls.some((call) => call.phase !== 'ended'),
    callsInHand: () =>
      snapshot.calls.flatMap(({ phase, answeredAt, contactId }) =>
        phase !== 'ended' && answeredAt !== null && contactId ? [contactId] : [],
      ),
    reset: () => take(silent),
    handlers: {
      'phone.command': (command) => {
        broadcast('phone.commanded', command);
      },
      'phone.read': () => snapshot,
      'phone.publish': (next) => {
        take(next);
      },
      'phone.account': async () => {
        const workplace = sessions.current();
        if (!workplace) return refused({ code: 'not-signed-in' });
        const account = await authorized(workplace.tokens, (accessToken) =>
          workplace.api.call(routes.sipAccount, { accessToken }),
        );
        if (!account.ok) return refused({ code: 'unreachable' });
        const webSocketUrl = new URL(account.value.webSocketPath, options.server.replace(/^http/, 'ws')).href;
        return ok({ ...account.value, webSocketUrl, instanceId: options.instanceId() });
      },
    },
  };
};
