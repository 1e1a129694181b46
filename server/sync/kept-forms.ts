import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import { seenByDepartment } from '../../domain/forms/procedure/department-view.ts';
import { type CacheRules, keptSince } from '../../domain/sync/cache-rules.ts';
import type { Tables } from '../records/tables.ts';

/** `isBeingWorkedOn` on the columns; the index `forms_worked_on` has these words for its condition. */
const workedOn = sql<boolean>`(work_state in ('waiting', 'claimed') or desk <> 'nobody')`;

/** Of which forms a desk is filled; `department` undefined: of all. */
export interface KeptWhere {
  readonly rules: CacheRules;
  /** Server time in ms. */
  readonly now: number;
  readonly department: string | undefined;
  /** Forms last changed after this cursor are left to the pull. */
  readonly head: number;
  /** Only those last changed before this cursor; above `head`: from the beginning. */
  readonly before: number;
  /** Only those last changed at this cursor or later; absent: all. */
  readonly from?: number;
}

/** Where the closed forms that a desk keeps end, and how many forms there are in all. */
export interface KeptBounds {
  readonly since: number;
  /** Cursor of the last closed form that is kept; 0: there is none that is not. */
  readonly closedFrom: number;
  readonly forms: number;
}

const ofDepartment = (code: string | undefined): RawBuilder<boolean> =>
  code === undefined
    ? sql<boolean>`true`
    : sql<boolean>`exists (select 1 from form_departments where form = forms.id and department = ${code})`;

/** Everything somebody works on is kept; of the rest, those last changed, as many as the rules leave room for. */
export const keptBounds = async (db: Kysely<Tables>, where: KeptWhere): Promise<KeptBounds> => {
  const since = keptSince(where.rules, where.now);
  const closed = sql<boolean>`(not ${workedOn} and changed_at >= ${since})`;
  const before = sql<boolean>`cursor < ${where.before}`;
  const inScope = db.selectFrom('forms').where('cursor', '<=', where.head).where(ofDepartment(where.department));
  const found = await inScope
    .select([
      sql<number>`count(*) filter (where ${workedOn})`.as('worked'),
      sql<number>`count(*) filter (where ${workedOn} and ${before})`.as('workedToCome'),
      sql<number>`count(*) filter (where ${closed})`.as('closed'),
      sql<number>`count(*) filter (where ${closed} and ${before})`.as('closedToCome'),
      sql<number | null>`min(cursor) filter (where ${closed})`.as('closedFrom'),
      sql<boolean>`bool_and(${workedOn} or ${closed})`.as('isAllKept'),
    ])
    .executeTakeFirstOrThrow();
  const room = Math.max(0, where.rules.mostForms - found.worked);
  if (found.closed <= room) {
    const forms = found.workedToCome + found.closedToCome;
    return { since, closedFrom: found.isAllKept ? 0 : (found.closedFrom ?? where.head + 1), forms };
  }
  const last = await inScope
    .where(closed)
    .select('cursor')
    .orderBy('cursor', 'desc')
    .offset(room)
    .limit(1)
    .executeTakeFirst();
  const closedFrom = (last?.cursor ?? where.head) + 1;
  const { kept } = await inScope
    .where(closed)
    .where('cursor', '>=', closedFrom)
    .where(before)
    .select(({ fn }) => fn.countAll<number>().as('kept'))
    .executeTakeFirstOrThrow();
  return { since, closedFrom, forms: found.workedToCome + kept };
};

export interface KeptForm {
  readonly cursor: number;
  /** JSON on one line. */
  readonly form: string;
}

/**
 * Pages of the forms kept, the last changed first, each read by a query of its own: nothing is held in the records
 * between two. Down to where the closed ones end by the index of cursors, from there by that of the forms worked on.
 */
export const keptPages = async function* (
  db: Kysely<Tables>,
  { head, before, from = 0, department }: KeptWhere,
  { since, closedFrom }: KeptBounds,
  pageForms: number,
): AsyncGenerator<readonly KeptForm[], void> {
  const page = (below: number): Promise<readonly KeptForm[]> => {
    const among = db
      .selectFrom('forms')
      .where('cursor', '<', below)
      .where('cursor', '>=', from)
      .where(ofDepartment(department))
      .orderBy('cursor', 'desc')
      .limit(pageForms);
    const kept =
      below > closedFrom
        ? among.where('cursor', '>=', closedFrom).where(sql<boolean>`(${workedOn} or changed_at >= ${since})`)
        : among.where(workedOn);
    return department === undefined ? readStored(kept) : readSeen(kept, department);
  };
  let below = Math.min(before, head + 1);
  for (;;) {
    const isAboveEnd = below > closedFrom;
    const forms = await page(below);
    if (forms.length > 0) yield forms;
    if (forms.length === pageForms) below = forms.at(-1)?.cursor ?? below;
    else if (isAboveEnd) below = closedFrom;
    else return;
  }
};

/** Every form last changed in this stretch of the change log, ascending, however old it is. */
export const storedForms = (
  db: Kysely<Tables>,
  stretch: { readonly from: number; readonly upTo: number; readonly limit: number },
): Promise<readonly KeptForm[]> =>
  readStored(
    db
      .selectFrom('forms')
      .where('cursor', '>=', stretch.from)
      .where('cursor', '<=', stretch.upTo)
      .orderBy('cursor')
      .limit(stretch.limit),
  );

type KeptQuery = SelectQueryBuilder<Tables, 'forms', object>;

/** As stored, unparsed. A raw line break in JSON is white space: in its texts it is an escape. */
const readStored = async (kept: KeptQuery): Promise<readonly KeptForm[]> => {
  const rows = await kept.select(['cursor', sql<string>`form::text`.as('form')]).execute();
  return rows.map(({ cursor, form }) => ({ cursor, form: form.replaceAll(/[\r\n]/g, ' ') }));
};

const readSeen = async (kept: KeptQuery, department: string): Promise<readonly KeptForm[]> => {
  const rows = await kept.select(['cursor', 'form']).execute();
  return rows.map(({ cursor, form }) => ({ cursor, form: JSON.stringify(seenByDepartment(form, department)) }));
};
