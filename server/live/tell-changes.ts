import type { Kysely } from 'kysely';
import type { Timers } from '../floor/parts.ts';
import type { Tables } from '../records/tables.ts';
import { changesBetween, departmentsOfForms, headCursor } from '../sync/pull.ts';
import { type ChangeFeed, createChangeFeed } from './change-feed.ts';
import { type ChangesToDesks, createChangesToDesks } from './changes-to-desks.ts';

/** The way of a change from the transaction that made it to every desk in scope. */
export interface TellingChanges extends ChangeFeed, Pick<ChangesToDesks, 'join' | 'leave'> {}

/** Begins where the change log ends now. */
export const startTellingChanges = async (parts: {
  readonly db: Kysely<Tables>;
  readonly timers: Timers;
  readonly warn: (facts: object, message: string) => void;
  readonly lookMs?: number;
}): Promise<TellingChanges> => {
  const { db, ...rest } = parts;
  const from = await headCursor(db);
  const toDesks = createChangesToDesks({ ...rest, from, departmentsOf: (forms) => departmentsOfForms(db, forms) });
  const feed = createChangeFeed({
    ...rest,
    from,
    headCursor: () => headCursor(db),
    readBetween: (after, upTo, limit) => changesBetween(db, after, upTo, limit),
    tell: toDesks.tell,
    restMs: toDesks.restMs,
  });
  return {
    hear: feed.hear,
    join: toDesks.join,
    leave: toDesks.leave,
    stop: async () => {
      await feed.stop();
      toDesks.stop();
    },
  };
};
