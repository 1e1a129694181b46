import { type Kysely, sql, type Transaction } from 'kysely';
import { z } from 'zod';
import { checkBackAsked } from '../../../domain/forms/check-back.ts';
import type { Tables } from '../../records/tables.ts';
import type { LetterKind } from './own-letters.ts';

/**
 * Letters the centre has to send. What became of one is written down before anything else happens:
 *
 *   waiting ─ handed to the mail server ─▶ sending ─ 250 ────────────────▶ sent
 *      ▲                                     │ ├─── 5xx, or too old ─────▶ failed
 *      └────── 4xx, or not reached ──────────┘ └─── no answer, or crash ─▶ unsure
 *
 * A letter is never sent again once it may have arrived. `unsure` is told on the form: whether to ask the
 * customer once more is for a person to decide, who can also ring up.
 */
export interface Letter {
  readonly id: string;
  readonly kind: LetterKind;
  readonly form: string;
  readonly operation: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly inReplyTo: string;
  readonly madeAt: number;
  readonly tries: number;
}

export type LetterOutcome = 'sent' | 'failed' | 'unsure';

/** A check-back by e-mail on a form, for which no letter is in the outbox yet. */
export interface AskedByMail {
  readonly form: string;
  readonly id: string;
  readonly to: string;
  readonly question: string;
}

/** Read from the operations themselves, so that none made while the server was down is passed by. */
export const askedByMail = async (db: Kysely<Tables>): Promise<readonly AskedByMail[]> => {
  const rows = await db
    .selectFrom('operations')
    .select(['operations.form', 'operations.operation'])
    .where('kind', '=', 'form.check-back')
    .where('outcome', '=', 'applied')
    .where(sql<boolean>`operations.operation #>> '{payload,channel}' = 'e-mail'`)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('letters')
            .select('letters.id')
            .where(sql<boolean>`letters.id::text = operations.operation #>> '{payload,id}'`),
        ),
      ),
    )
    .orderBy('received_at')
    .limit(100)
    .execute();
  return rows.map((row) => {
    const { payload } = withCheckBack.parse(row.operation);
    return { form: row.form, id: payload.id.toLowerCase(), to: payload.to, question: payload.text };
  });
};

const withCheckBack = z.object({ payload: checkBackAsked });

export const addLetter = async (
  db: Kysely<Tables> | Transaction<Tables>,
  letter: Omit<Letter, 'tries'>,
): Promise<void> => {
  await db
    .insertInto('letters')
    .values({
      id: letter.id,
      kind: letter.kind,
      form: letter.form,
      operation: letter.operation,
      recipient: letter.recipient,
      subject: letter.subject,
      body: letter.body,
      in_reply_to: letter.inReplyTo,
      made_at: letter.madeAt,
      next_try_at: letter.madeAt,
      settled_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

export const countLettersTo = async (
  db: Kysely<Tables> | Transaction<Tables>,
  kind: LetterKind,
  recipient: string,
  since: number,
): Promise<number> => {
  const { count } = await db
    .selectFrom('letters')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('kind', '=', kind)
    .where('recipient', '=', recipient)
    .where('made_at', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** The next that is due, marked as being sent. */
export const takeNextLetter = (db: Kysely<Tables>, now: number): Promise<Letter | undefined> =>
  db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('letters')
      .selectAll()
      .where('state', '=', 'waiting')
      .where('next_try_at', '<=', now)
      .orderBy('next_try_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (!row) return undefined;
    await transaction
      .updateTable('letters')
      .set({ state: 'sending', tries: row.tries + 1 })
      .where('id', '=', row.id)
      .execute();
    return letterOfRow({ ...row, tries: row.tries + 1 });
  });

export const postponeLetter = async (db: Kysely<Tables>, id: string, until: number, error: string): Promise<void> => {
  await db
    .updateTable('letters')
    .set({ state: 'waiting', next_try_at: until, last_error: error })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute();
};

export const settleLetter = async (
  db: Kysely<Tables>,
  id: string,
  outcome: LetterOutcome,
  at: number,
  error: string,
): Promise<void> => {
  await db
    .updateTable('letters')
    .set({ state: outcome, settled_at: at, last_error: error })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute();
};

/** Letters that were being sent when the server ended: whether they went, nobody can say. Answers how many. */
export const settleInterrupted = async (db: Kysely<Tables>, at: number): Promise<number> => {
  const rows = await db
    .updateTable('letters')
    .set({ state: 'unsure', settled_at: at, last_error: 'the centre stopped while it was sending' })
    .where('state', '=', 'sending')
    .returning('id')
    .execute();
  return rows.length;
};

export interface Untold {
  readonly letter: Letter;
  readonly outcome: LetterOutcome;
  readonly at: number;
  readonly error: string;
}

/** Letters whose outcome is settled but not yet on their form. */
export const untoldLetters = async (db: Kysely<Tables>): Promise<readonly Untold[]> => {
  const rows = await db
    .selectFrom('letters')
    .selectAll()
    .where('settled_at', 'is not', null)
    .where('told', '=', false)
    .limit(100)
    .execute();
  return rows.flatMap((row) =>
    row.settled_at === null || row.state === 'waiting' || row.state === 'sending'
      ? []
      : [{ letter: letterOfRow(row), outcome: row.state, at: row.settled_at, error: row.last_error }],
  );
};

export const markTold = async (db: Kysely<Tables>, id: string): Promise<void> => {
  await db.updateTable('letters').set({ told: true }).where('id', '=', id).execute();
};

export const findLetter = async (
  db: Kysely<Tables>,
  id: string,
): Promise<Pick<Letter, 'form' | 'kind' | 'id'> | undefined> =>
  db.selectFrom('letters').select(['form', 'kind', 'id']).where('id', '=', id).executeTakeFirst();

/** When the next letter is due; `undefined`: none waits. */
export const nextDueAt = async (db: Kysely<Tables>): Promise<number | undefined> => {
  const row = await db
    .selectFrom('letters')
    .select('next_try_at')
    .where('state', '=', 'waiting')
    .orderBy('next_try_at')
    .limit(1)
    .executeTakeFirst();
  return row?.next_try_at;
};

const letterOfRow = (row: {
  readonly id: string;
  readonly kind: LetterKind;
  readonly form: string;
  readonly operation: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly in_reply_to: string;
  readonly made_at: number;
  readonly tries: number;
}): Letter => ({
  id: row.id,
  kind: row.kind,
  form: row.form,
  operation: row.operation,
  recipient: row.recipient,
  subject: row.subject,
  body: row.body,
  inReplyTo: row.in_reply_to,
  madeAt: row.made_at,
  tries: row.tries,
});
