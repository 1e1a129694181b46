import { z } from 'zod';
import { form as formShape } from '../../../contract/sync.ts';
import type { Database, Writes } from '../database.ts';
import { indexPutOff, readFormRules } from '../form-row.ts';
import { inLots, type LotWork } from '../in-lots.ts';
import { jsonOf } from '../json-column.ts';
import { countUnindexed, tidyFormIndex } from './form-index.ts';

const formRow = z.object({ key: z.int(), form: jsonOf(formShape).nullable() });

/** Forms indexed in one transaction: some 15 ms, in which nothing else is answered. */
const lotSize = 100;
/** From so many on the index is tidied when all are in. */
const manyForms = 5_000;

/** Brings forms that were put off into the search, those that came first first; answers how many there were. */
export const indexSome = (writes: Writes): number => {
  const rows = writes.all(
    formRow,
    // A fill brings the forms last changed first.
    `SELECT unindexed.key, form FROM unindexed LEFT JOIN forms ON forms.key = unindexed.key
     ORDER BY unindexed.key LIMIT ?`,
    lotSize,
  );
  const rules = readFormRules(writes);
  // Within a second a search lists the form indexed last first.
  rows.sort((one, other) => (one.form?.changedAt ?? 0) - (other.form?.changedAt ?? 0));
  for (const { key, form } of rows) {
    if (form) indexPutOff(writes, form, rules);
    else writes.run('DELETE FROM unindexed WHERE key = ?', key);
  }
  return rows.length;
};

/** Brings every form into the search that was put off. */
export const createIndexing = (parts: {
  readonly database: Database;
  readonly onProgress: () => void;
  /** Very many forms have been taken in. */
  readonly onManyDone?: (() => void) | undefined;
  readonly onTrouble: (error: unknown) => void;
}): LotWork => {
  const { database } = parts;
  let many = false;
  return inLots({
    ...parts,
    doLot: () => {
      many ||= database.read(countUnindexed) > manyForms;
      const done = database.writeRepeatable(indexSome);
      if (done > 0) parts.onProgress();
      if (done === lotSize) return true;
      if (many) {
        database.write(tidyFormIndex);
        parts.onManyDone?.();
      }
      many = false;
      return false;
    },
  });
};
