import type { Kysely } from 'kysely';
import type { Tables } from '../../records/tables.ts';

/** Where a mail lies: a UID means something only under its UIDVALIDITY (RFC 3501 section 2.3.1.1). */
export interface MailPlace {
  readonly mailbox: string;
  readonly uidValidity: number;
  readonly uid: number;
}

export const rememberPlace = async (db: Kysely<Tables>, place: MailPlace, fingerprint: string): Promise<void> => {
  await db
    .insertInto('mail_places')
    .values({ mailbox: place.mailbox, uid_validity: place.uidValidity, uid: place.uid, fingerprint })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

/** Those of the UIDs whose mails are settled, with whether each has a problem: they need not be fetched again. */
export const settledAt = async (
  db: Kysely<Tables>,
  place: Omit<MailPlace, 'uid'>,
): Promise<ReadonlyMap<number, { readonly hasProblem: boolean }>> => {
  const rows = await db
    .selectFrom('mail_places')
    .innerJoin('taken_in', 'taken_in.fingerprint', 'mail_places.fingerprint')
    .select(['mail_places.uid', 'taken_in.has_problem'])
    .where('mailbox', '=', place.mailbox)
    .where('uid_validity', '=', place.uidValidity)
    .where('outcome', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.uid, { hasProblem: row.has_problem }]));
};

/** A mail that has left the mailbox has no place there any more: the list above stays short. */
export const forgetPlaces = async (
  db: Kysely<Tables>,
  place: Omit<MailPlace, 'uid'>,
  uids: readonly number[],
): Promise<void> => {
  if (uids.length === 0) return;
  await db
    .deleteFrom('mail_places')
    .where('mailbox', '=', place.mailbox)
    .where('uid_validity', '=', place.uidValidity)
    .where('uid', 'in', uids)
    .execute();
};
