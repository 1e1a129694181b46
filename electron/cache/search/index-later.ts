import { z } from 'zod';
import { form as formShape } from '../../../contract/sync.ts';
import type { Database, Writes } from '../database.ts';
import { indexPutOff, readFormRules } from '../form-row.ts';
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

/** Works on the search in the pauses of everything else, until every form is in it. */
export interface Indexing {
  /** There may be forms to index. */
  readonly look: () => void;
  readonly stop: () => void;
}

export const createIndexing = (parts: {
  readonly database: Database;
  readonly onProgress: () => void;
  readonly onTrouble: (error: unknown) => void;
  readonly pauseMs?: number;
}): Indexing => {
  const { database, onProgress } = parts;
  let timer: NodeJS.Timeout | undefined;
  let many = false;
  let stopped = false;
  const later = (ms: number): void => {
    if (!stopped) timer ??= setTimeout(work, ms);
  };
  const work = (): void => {
    timer = undefined;
    try {
      many ||= database.read(countUnindexed) > manyForms;
      const done = database.write(indexSome);
      if (done > 0) onProgress();
      if (done === lotSize) return later(parts.pauseMs ?? 10);
      if (many) database.write(tidyFormIndex);
      many = false;
    } catch (error) {
      // The forms are still put off: the next look tries again.
      parts.onTrouble(error);
    }
  };
  return {
    look: () => later(0),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
};
