import { z } from 'zod';
import { foldText } from '../../../domain/search/fold-text.ts';
import { indexedGrams } from '../../../domain/search/grams.ts';
import type { Reads, Writes } from '../database.ts';
import { type MarkedRow, marksOf } from './form-marks.ts';

/** Moves on when texts are folded, cut or marked in another way: the index is then filled anew. */
const indexVersion = 1;

export interface SearchedForm extends MarkedRow {
  readonly id: string;
  readonly changed_at: number;
}

/** Takes a form in as it is now; `text` is all that a search looks at. Part of the caller's transaction. */
export const indexForm = (writes: Writes, form: SearchedForm, text: string): void => {
  const folded = foldText(text);
  const before = placeOf(writes, form.id);
  const place =
    before !== undefined && isOfSecond(before, form.changed_at) ? before : freePlace(writes, form.changed_at);
  if (before !== undefined) writes.run('DELETE FROM form_search WHERE rowid = ?', before);
  writes.run(
    `INSERT INTO form_texts (place, form_id, text) VALUES (?, ?, ?)
     ON CONFLICT (form_id) DO UPDATE SET place = excluded.place, text = excluded.text`,
    ...[place, form.id, folded],
  );
  writes.run(
    'INSERT INTO form_search (rowid, grams) VALUES (?, ?)',
    ...[place, [...marksOf(form), ...indexedGrams(folded)].join(' ')],
  );
  writes.run(noLongerPutOff, form.id);
};

export const forgetForm = (writes: Writes, id: string): void => {
  writes.run(noLongerPutOff, id);
  const place = placeOf(writes, id);
  if (place === undefined) return;
  writes.run('DELETE FROM form_search WHERE rowid = ?', place);
  writes.run('DELETE FROM form_texts WHERE place = ?', place);
};

export const countUnindexed = (reads: Reads): number =>
  reads.first(countRow, 'SELECT count(*) AS n FROM unindexed')?.n ?? 0;

/** Every form waits to be indexed. */
export const emptyFormIndex = (writes: Writes): void => {
  writes.run("INSERT INTO form_search (form_search) VALUES ('delete-all')");
  writes.run('DELETE FROM form_texts');
  writes.run('DELETE FROM unindexed');
  writes.run('INSERT INTO unindexed (key) SELECT key FROM forms');
};

/** After an update of the desk an index of another version is thrown away, and made anew in lots. */
export const renewFormIndex = (writes: Writes): void => {
  const version = writes.first(z.object({ v: z.int() }), 'SELECT form_index_version AS v FROM meta')?.v;
  if (version === indexVersion) return;
  emptyFormIndex(writes);
  writes.run('UPDATE meta SET form_index_version = ?', indexVersion);
};

/** Once very many forms have been taken in: joins the parts of the index, which halves the time of a search. */
export const tidyFormIndex = (writes: Writes): void =>
  writes.run("INSERT INTO form_search (form_search) VALUES ('optimize')");

const noLongerPutOff = 'DELETE FROM unindexed WHERE key = (SELECT key FROM forms WHERE id = ?)';

const placeRow = z.object({ place: z.int() });
const countRow = z.object({ n: z.int() });

/**
 * A form's place is its row in the index: the second it was last changed in, times the places a
 * second has. So the index gives the forms last changed first by itself, and sorts nothing.
 */
const placesASecond = 16;
const firstOfSecond = (changedAt: number): number => Math.floor(changedAt / 1_000) * placesASecond;
const isOfSecond = (place: number, changedAt: number): boolean =>
  Math.floor(place / placesASecond) === Math.floor(changedAt / 1_000);

const placeOf = (writes: Writes, id: string): number | undefined =>
  writes.first(placeRow, 'SELECT place FROM form_texts WHERE form_id = ?', id)?.place;

/** When a second is full, as after an import, the next ones are taken up. */
const freePlace = (writes: Writes, changedAt: number): number => {
  for (let first = firstOfSecond(changedAt); ; first += placesASecond) {
    const last = writes.first(
      placeRow,
      'SELECT place FROM form_texts WHERE place BETWEEN ? AND ? ORDER BY place DESC LIMIT 1',
      ...[first, first + placesASecond - 1],
    )?.place;
    if (last === undefined) return first;
    if (last < first + placesASecond - 1) return last + 1;
  }
};
