import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { CacheNotice, Session, signInFailure } from '../../contract/ipc.ts';
import { ok, type Result, refused } from '../../domain/result.ts';
import type { OpenFailure } from '../cache/repair/open-or-repair.ts';
import type { Repair } from '../cache/repair/repair-cache.ts';
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
        const [
          { unlockVault },
          { openOrRepair },
          { diskFailureOf },
          { takeUnsentWork },
          { createApi },
          { askKey },
          { signIn },
          { enterWorkplace },
        ] = await Promise.all([
          import('../vault/unlock-vault.ts'),
          import('../cache/repair/open-or-repair.ts'),
          import('../cache/repair/open-failure.ts'),
          import('../cache/repair/take-unsent.ts'),
          import('../sync/api.ts'),
          import('./ask-key.ts'),
          import('./sign-in.ts'),
          import('./workplace.ts'),
        ]);
        const folder = join(options.folder, credentials.staffNumber);
        const api = createApi({ server: options.server, fetch, timeoutMs: signInMs });
        try {
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
          const { staffNumber } = credentials;
          const opened = openOrRepair(folder, { key: vault.key, staffNumber, now: options.now() });
          if (!opened.ok) return refused(failureOf(opened.error));
          const { cache, repair } = opened.value;
          try {
            const signedIn = await signIn({ cache, api, now: options.now }, credentials);
            if (!signedIn.ok) {
              cache.database.close();
              // A number mistyped leaves nothing behind.
              if (!vault.isProved()) rmSync(folder, { recursive: true, force: true });
              const isUnknown = signedIn.error.code === 'unreachable-and-unknown-here';
              return isUnknown && vault.isProved() ? refused({ code: 'needs-centre-once' }) : signedIn;
            }
            const { person, tokens } = signedIn.value;
            if (tokens) vault.prove();
            const taken = takeUnsentWork(cache, vault.key, person);
            workplace = enterWorkplace({ ...options, ...signedIn.value, cache, vault, password: credentials.password });
            const notice = noticeOf({ repair, setAside, taken });
            const session = { person: workplace.person(), offline: workplace.offline(), ...(notice && { notice }) };
            options.broadcast('session.changed', session);
            return ok(session);
          } catch (error) {
            if (!workplace) cache.database.close();
            throw error;
          }
        } catch (error) {
          const failure = diskFailureOf(error, options.folder);
          if (!failure) throw error;
          options.warn(`the disk kept ${credentials.staffNumber} from signing in: ${failure.code}`);
          return refused(failureOf(failure));
        }
      }),
    signOut: () => inTurn(leave),
  };
};

/** With the line dead and not refusing, the cache opens the desk after this long. */
const signInMs = 6_000;

const failureOf = (failure: OpenFailure): z.output<typeof signInFailure> => {
  switch (failure.code) {
    case 'newer-schema':
      return { code: 'version-too-old', ...(failure.file === null ? {} : { file: failure.file }) };
    case 'read-only':
      return { code: 'cache-read-only' };
    case 'damaged':
      return { code: 'cache-damaged' };
    case 'disk-full':
      return { code: 'disk-full' };
  }
};

const noticeOf = (found: {
  readonly repair: Repair | undefined;
  readonly setAside: string | undefined;
  readonly taken: number;
}): CacheNotice | undefined => {
  const { repair, setAside, taken } = found;
  if (repair) return { code: 'repaired', taken, unreadable: repair.unreadable, movedTo: repair.movedTo };
  if (setAside !== undefined) return { code: 'key-lost', movedTo: setAside };
  return taken > 0 ? { code: 'taken-in', taken } : undefined;
};
