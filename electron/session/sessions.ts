import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Session, signInFailure } from '../../contract/ipc.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import { readMeta } from '../cache/meta.ts';
import type { Broadcast } from '../ipc/broadcast.ts';
import type { Keychain } from '../vault/keychain.ts';
import type { Workplace } from './workplace.ts';

/** Who is signed in at this desk: nobody, or one person with their workplace. */
export interface Sessions {
  readonly current: () => Workplace | undefined;
  readonly read: () => Session | null;
  readonly signIn: (credentials: {
    readonly staffNumber: string;
    readonly password: string;
  }) => Promise<Result<Session, z.output<typeof signInFailure>>>;
  readonly signOut: () => Promise<void>;
}

export const createSessions = (options: {
  /** Holds a folder for each person. */
  readonly folder: string;
  readonly server: string;
  /** Asked for at each sign-in: only once a window is open does the system answer for all of them. */
  readonly keychain: () => Keychain;
  readonly broadcast: Broadcast;
  readonly now: () => number;
  readonly random: () => number;
  readonly warn: (message: string) => void;
  /** Contact ids of the calls that are up. */
  readonly callsInHand: () => readonly string[];
}): Sessions => {
  let workplace: Workplace | undefined;
  /** Sign-ins and sign-outs one after another, however fast the buttons are pressed. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };

  const read = (): Session | null => (workplace ? { person: workplace.person(), offline: workplace.offline() } : null);
  const leave = async (): Promise<void> => {
    const leaving = workplace;
    workplace = undefined;
    if (!leaving) return;
    options.broadcast('session.changed', null);
    options.broadcast('seat.changed', null);
    await leaving.leave();
  };

  return {
    current: () => workplace,
    read,
    signIn: (credentials) =>
      inTurn(async () => {
        await leave();
        // Loaded only now, so that the log-in screen does not wait for SQLite and the network.
        const [{ unlockVault }, { openCache }, { createApi }, { askKey }, { signIn }, { enterWorkplace }] =
          await Promise.all([
            import('../vault/unlock-vault.ts'),
            import('../cache/open-cache.ts'),
            import('../sync/api.ts'),
            import('./ask-key.ts'),
            import('./sign-in.ts'),
            import('./workplace.ts'),
          ]);
        const folder = join(options.folder, credentials.staffNumber);
        const api = createApi({ server: options.server, fetch, timeoutMs: signInMs });
        const unlocked = await unlockVault(
          {
            folder,
            keychain: options.keychain(),
            now: options.now,
            askKey: (vault) => askKey(api, credentials, vault),
          },
          credentials.password,
        );
        if (!unlocked.ok) return unlocked;
        const { vault, setAside } = unlocked.value;
        if (setAside !== undefined)
          options.warn(`nobody has the key of a cache any more: it is put aside as ${setAside}`);
        const opened = openCache(folder, vault.key);
        if (!opened.ok) {
          options.warn(
            `the cache of ${credentials.staffNumber} is of version ${opened.error.found}, this desk knows ${opened.error.known}`,
          );
          return refused({ code: 'version-too-old' });
        }
        const cache = opened.value;
        const signedIn = await signIn({ cache, api, now: options.now }, credentials);
        if (!signedIn.ok) {
          const isNobodys = cache.database.read(readMeta).person === null;
          cache.database.close();
          // A number mistyped leaves nothing behind.
          if (isNobodys) rmSync(folder, { recursive: true, force: true });
          return signedIn;
        }
        if (signedIn.value.tokens) vault.prove();
        workplace = enterWorkplace({ ...options, ...signedIn.value, cache, vault, password: credentials.password });
        const session = { person: workplace.person(), offline: workplace.offline() };
        options.broadcast('session.changed', session);
        return ok(session);
      }),
    signOut: () => inTurn(leave),
  };
};

/** With the line dead and not refusing, the cache opens the desk after this long. */
const signInMs = 6_000;
