import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { syncVersion } from '../../contract/sync.ts';
import { type FormRules, formRowNames } from '../../domain/forms/form-row.ts';
import type { Tables } from '../records/tables.ts';
import { storedForms } from './kept-forms.ts';
import { packForms } from './pack-forms.ts';

/**
 * Forms packed ahead for fills of the scope `all`, a segment for each stretch of cursors, without a gap from the first
 * change to the top. A desk is then sent what lies ready; two thousand that are switched on at eight cost the centre
 * little more than one.
 *
 * A segment is not written again when a form of its is changed: the form's new state has a higher cursor, so it comes
 * earlier in the stream, and a desk keeps the higher of two. One of which more than half is out of date is packed anew.
 */
interface Segment {
  readonly hi: number;
  readonly lo: number;
}

const segmentForms = 1_000;

/** Segments reckoned by other rules, or of another version, are of no use. */
const madeBy = (rules: FormRules): string =>
  createHash('sha256')
    .update(JSON.stringify([syncVersion, formRowNames, rules]))
    .digest('hex');

/** From the top down. */
export const segmentsOf = (db: Kysely<Tables>, rules: FormRules): Promise<readonly Segment[]> =>
  db
    .selectFrom('snapshot_segments')
    .select(['hi', 'lo'])
    .where('made_by', '=', madeBy(rules))
    .orderBy('hi', 'desc')
    .execute();

export const readSegment = async (db: Kysely<Tables>, hi: number): Promise<Uint8Array | undefined> =>
  (await db.selectFrom('snapshot_segments').select('packed').where('hi', '=', hi).executeTakeFirst())?.packed;

/**
 * Packs what has become whole segments since the last time, and one segment anew that has become poor; answers whether
 * there is more to do. Meant to be called when little else is going on.
 */
export const prepareSegments = async (db: Kysely<Tables>, rules: FormRules): Promise<boolean> => {
  const made_by = madeBy(rules);
  await db.deleteFrom('snapshot_segments').where('made_by', '<>', made_by).execute();
  const [newest] = await segmentsOf(db, rules);
  const top = newest?.hi ?? 0;
  const fresh = await storedForms(db, { from: top + 1, upTo: Number.MAX_SAFE_INTEGER, limit: segmentForms });
  if (fresh.length === segmentForms) {
    const hi = fresh.at(-1)?.cursor ?? top;
    await writeSegment(db, { lo: top + 1, hi, made_by, forms: fresh, rules });
    return true;
  }
  return renewPoorest(db, rules, made_by);
};

type Stored = Awaited<ReturnType<typeof storedForms>>;

const writeSegment = async (
  db: Kysely<Tables>,
  made: Segment & { readonly made_by: string; readonly forms: Stored; readonly rules: FormRules },
): Promise<void> => {
  const packed = await packForms(made.forms.toReversed(), made.rules, 6);
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('snapshot_segments').where('lo', '>=', made.lo).where('hi', '<=', made.hi).execute();
    await transaction
      .insertInto('snapshot_segments')
      .values({ hi: made.hi, lo: made.lo, forms: made.forms.length, made_by: made.made_by, packed })
      // Another centre on the same records has been first.
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
};

/** The lowest segment that has lost half its forms, together with the next one above where both fit in one. */
const renewPoorest = async (db: Kysely<Tables>, rules: FormRules, made_by: string): Promise<boolean> => {
  const live = sql<number>`(select count(*) from forms where cursor between s.lo and s.hi)`;
  const counted = await db
    .selectFrom('snapshot_segments as s')
    .select(['s.hi', 's.lo', 's.forms', live.as('live')])
    .where('made_by', '=', made_by)
    .orderBy('s.hi')
    .execute();
  const at = counted.findIndex(({ forms, live: left }) => left * 2 < forms);
  const poor = counted[at];
  if (!poor) return false;
  const next = counted[at + 1];
  const hi = next && next.live + poor.live <= segmentForms ? next.hi : poor.hi;
  const forms = await storedForms(db, { from: poor.lo, upTo: hi, limit: 2 * segmentForms });
  await writeSegment(db, { lo: poor.lo, hi, made_by, forms, rules });
  return true;
};
