import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

/** What a form of the first step has, as far as the upgrade looks at it. */
const firstForm = z.looseObject({ fields: z.looseObject({ channel: z.string() }) });

/**
 * A form as the first step kept it, in the shape of the inboxes: all that was kept then was a complaint
 * that somebody opened at a desk. Part of a step taken: never edited.
 */
export const formWithInbox = (kept: unknown): object => {
  const form = firstForm.parse(kept);
  return {
    ...form,
    kind: 'complaint',
    origin: { via: 'desk', channel: form.fields.channel },
    work: { state: 'none' },
    fields: { ...form.fields, forwardedBy: '' },
    transcript: '',
    callbackTries: [],
    checkBacks: [],
    received: [],
  };
};

/** What a form of the inboxes' step has, as far as the upgrade looks at it. */
const secondForm = z.looseObject({
  kind: z.enum(['complaint', 'suggestion', 'fault']),
  status: z.enum(['draft', 'submitted']),
  changedAt: z.int(),
  fields: z.looseObject({}),
});

const firstStage = { complaint: 'senior', suggestion: 'curation', fault: 'booked' } as const;

/**
 * A form as it was kept before there were procedures: what was submitted lies where its kind goes first. Part of a
 * step taken: never edited.
 */
export const formWithProcedure = (kept: unknown): object => {
  const form = secondForm.parse(kept);
  return {
    ...form,
    fields: { ...form.fields, idNumber: '' },
    procedure: {
      stage: form.status === 'draft' ? 'drafting' : firstStage[form.kind],
      ...{ since: form.changedAt, holder: null, orders: [], answer: null, declined: null, decision: null },
      ...{ handOvers: [], repeats: [], supplements: [], callBacks: [], assessments: [], supporters: [] },
      ...{ mergedInto: null, settled: null, links: [], articlesUsed: [] },
    },
  };
};

const row = z.object({ id: z.uuid(), form: z.unknown() });
const batchSize = 500;

/**
 * Rewrites every form by `change`. In TypeScript and not in SQL: the forms are `json`, which keeps NUL
 * and half emoji, and what changes values in SQL takes neither.
 */
export const rewriteForms = async (db: Kysely<unknown>, change: (kept: unknown) => object): Promise<void> => {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const found = await sql`select id, form from forms where id > ${after} order by id limit ${batchSize}`.execute(db);
    for (const one of found.rows) {
      const { id, form } = row.parse(one);
      await sql`update forms set form = ${JSON.stringify(change(form))} where id = ${id}`.execute(db);
      after = id;
    }
    if (found.rows.length < batchSize) return;
  }
};
