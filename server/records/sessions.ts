import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Person } from '../../contract/http.ts';
import type { Service } from '../../domain/access/services.ts';
import { personOf } from './staff.ts';
import type { SessionEndReason, Tables } from './tables.ts';

export interface LiveSession {
  readonly id: string;
  readonly device: string;
  readonly person: Person;
  /** Skills: the services the person answers for (A3). */
  readonly services: readonly Service[];
}

/** The desk's own number, given at its first log-in and kept. */
export const deskOf = async (db: Kysely<Tables>, device: string, now: number): Promise<number> => {
  const find = () => db.selectFrom('devices').select('desk').where('id', '=', device).executeTakeFirst();
  const known = await find();
  if (known) return known.desk;
  await db
    .insertInto('devices')
    .values({ id: device, first_seen_at: now, last_seq: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const added = await find();
  if (!added) throw new Error('a device just added is not there');
  return added.desk;
};

/**
 * The device's next epoch, where the one it shows is its last; undefined: a copy of it, a disk image or a backup, has
 * signed in since, or it is the copy, or the answer to its last sign-in was lost. In the transaction that starts
 * the session: of two that show the same at once, the second waits and is told that it is a copy.
 */
export const renewEpoch = async (
  transaction: Kysely<Tables>,
  device: string,
  shown: string | null,
): Promise<string | undefined> => {
  const epoch = randomUUID();
  const renewed = await transaction
    .updateTable('devices')
    .set({ epoch })
    .where('id', '=', device)
    .where((where) => where.or([where('epoch', 'is', null), where('epoch', '=', shown)]))
    .executeTakeFirst();
  return renewed.numUpdatedRows === 1n ? epoch : undefined;
};

/** One person at one desk: sessions still open at this desk end. Answers those it ended. */
export const startSession = async (
  transaction: Kysely<Tables>,
  session: { readonly id: string; readonly staffNumber: string; readonly device: string; readonly now: number },
): Promise<readonly string[]> => {
  const replaced = await transaction
    .updateTable('sessions')
    .set({ ended_at: session.now, end_reason: 'replaced' })
    .where('device', '=', session.device)
    .where('ended_at', 'is', null)
    .returning('id')
    .execute();
  await transaction
    .insertInto('sessions')
    .values({
      id: session.id,
      staff_number: session.staffNumber,
      device: session.device,
      started_at: session.now,
      pair: 0,
      confirmed_pair: 0,
      ended_at: null,
      end_reason: null,
    })
    .execute();
  return replaced.map((row) => row.id);
};

/** Answers false where it had ended before. */
export const endSession = async (
  db: Kysely<Tables>,
  id: string,
  reason: SessionEndReason,
  now: number,
): Promise<boolean> => {
  const ended = await db
    .updateTable('sessions')
    .set({ ended_at: now, end_reason: reason })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
};

/** Room for the next pair of tokens; answers its count. The session's row stays locked until the transaction ends. */
export const issuePair = async (
  transaction: Kysely<Tables>,
  session: string,
  refreshToken: { readonly hash: string; readonly endsAt: number },
): Promise<number> => {
  const { pair } = await transaction
    .updateTable('sessions')
    .set({ pair: sql`pair + 1` })
    .where('id', '=', session)
    .returning('pair')
    .executeTakeFirstOrThrow();
  await transaction
    .insertInto('refresh_tokens')
    .values({ hash: refreshToken.hash, session, pair, ends_at: refreshToken.endsAt })
    .execute();
  return pair;
};

/**
 * A pair of tokens counts as received at the desk's first use of it: from then on, presenting a
 * refresh token of an earlier pair is a reuse.
 */
export const confirmPair = async (db: Kysely<Tables>, session: string, pair: number): Promise<void> => {
  await db
    .updateTable('sessions')
    .set({ confirmed_pair: pair })
    .where('id', '=', session)
    .where('confirmed_pair', '<', pair)
    .execute();
};

/** The session with its person as the accounts have them now; `undefined` once either has ended. */
export const findLiveSession = async (
  db: Kysely<Tables>,
  id: string,
): Promise<(LiveSession & { readonly confirmedPair: number }) | undefined> => {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('staff', 'staff.staff_number', 'sessions.staff_number')
    .select(['sessions.id', 'sessions.device', 'sessions.confirmed_pair'])
    .select([
      'staff.staff_number',
      'staff.name',
      'staff.roles',
      'staff.languages',
      'staff.services',
      'staff.department',
    ])
    .where('sessions.id', '=', id)
    .where('sessions.ended_at', 'is', null)
    .where('staff.active', '=', true)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      device: row.device,
      person: personOf(row),
      services: row.services,
      confirmedPair: row.confirmed_pair,
    }
  );
};
