import { z } from 'zod';
import { toldAs } from '../../domain/forms/procedure/told-of.ts';
import type { Reads } from './database.ts';
import { summaries, summaryRow } from './form-list.ts';
import type { PlainSummary } from './masked-views.ts';
import type { Author } from './store/act.ts';

const atOnce = 50;

const isTold =
  'told IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(told) AS one JOIN json_each(?) AS me USING (value))';

/** Forms of whose deadlines this person has been told and that still run, the first due first. */
export const listToldOf = (
  reads: Reads,
  author: Author,
): { readonly forms: PlainSummary[]; readonly total: number } => {
  const me = JSON.stringify(toldAs(author));
  const total = reads.first(z.object({ n: z.int() }), `SELECT count(*) AS n FROM forms WHERE ${isTold}`, me)?.n ?? 0;
  const forms = reads.all(
    summaryRow,
    `${summaries} WHERE ${isTold} ORDER BY due_at, id LIMIT ?`,
    ...[author.now, me, atOnce],
  );
  return { forms, total };
};
