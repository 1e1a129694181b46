import { z } from 'zod';
import { type LikelyForm, likelyForm, type RequestInput } from '../../../contract/ipc.ts';
import type { FormKind } from '../../../domain/forms/form-kind.ts';
import { comparedLength, likeness, shinglesOf, shingleWeight } from '../../../domain/search/text-likeness.ts';
import type { Reads } from '../database.ts';
import { kindSought } from './form-marks.ts';

const most = 8;
/** Below this two complaints have in common what any two have. */
const leastScore = 0.25;
/** Of shingles that some form has: a word or two is like everything. */
const fewestShingles = 3;
const rarestTaken = 8;
const candidatesOfOne = 100;
const candidatesCompared = 80;

/**
 * J2, J4: forms of a kind whose text is most like this one, the likest first. Candidates come from the
 * index by the rarest shingles of the text, one by one and a few together; only they are compared.
 */
export const likelyForms = (reads: Reads, { kind, text, except }: RequestInput<'form.likely'>): LikelyForm[] => {
  const shingles = [...shinglesOf(text)];
  const known = weigh(reads, shingles);
  if (known.length < fewestShingles) return [];
  // What no form has says that the text is another one, though not how much: as much as the others in the mean.
  const mean = known.reduce((sum, { weight }) => sum + weight, 0) / known.length;
  const weights = new Map(known.map(({ shingle, weight }) => [shingle, weight]));
  const asked = new Map(shingles.map((shingle) => [shingle, weights.get(shingle) ?? mean]));
  const rows = reads.all(
    candidateRow,
    `SELECT id, number, excerpt, status, opened_at AS openedAt,
            substr(form ->> '$.fields.text', 1, ${comparedLength}) AS text
     FROM form_texts JOIN forms ON forms.id = form_texts.form_id
     WHERE place IN (SELECT value FROM json_each(?)) AND id IS NOT ? ORDER BY place DESC`,
    ...[JSON.stringify(candidates(reads, known, kind)), except],
  );
  return rows
    .map(({ text: other, ...form }) => ({ ...form, score: likeness(asked, shinglesOf(other)) }))
    .filter(({ score }) => score >= leastScore)
    .sort((a, b) => b.score - a.score)
    .slice(0, most);
};

const candidateRow = likelyForm.omit({ score: true }).extend({ text: z.string() });

interface WeighedShingle {
  readonly shingle: string;
  readonly weight: number;
  /** How many forms have it, about. */
  readonly forms: number;
}

const spanRow = z.object({ first: z.int(), last: z.int(), texts: z.int() });
const hitsRow = z.object({ n: z.int(), oldest: z.int().nullable() });
const countedTo = 500;

/**
 * The shingles that some form has. Of a common one only the newest hits are counted; how far back they
 * reach tells how many there are in all. So many forms as the last rowid says: few are ever removed.
 */
const weigh = (reads: Reads, shingles: readonly string[]): readonly WeighedShingle[] => {
  const span = reads.first(
    spanRow,
    `SELECT oldest.place AS first, newest.place AS last, (SELECT max(rowid) FROM forms) AS texts
     FROM (SELECT place FROM form_texts ORDER BY place LIMIT 1) AS oldest,
          (SELECT place FROM form_texts ORDER BY place DESC LIMIT 1) AS newest`,
  );
  if (!span) return [];
  const { first, last, texts } = span;
  return shingles.flatMap((shingle) => {
    const { n, oldest } = reads.first(
      hitsRow,
      `SELECT count(*) AS n, min(rowid) AS oldest
       FROM (SELECT rowid FROM form_search WHERE form_search MATCH ? ORDER BY rowid DESC LIMIT ${countedTo})`,
      `"${shingle}"`,
    ) ?? { n: 0, oldest: null };
    if (oldest === null) return [];
    const forms = n < countedTo ? n : n * ((last - first + 1) / (last - oldest + 1));
    return [{ shingle, forms, weight: shingleWeight(forms, texts) }];
  });
};

const placeRow = z.object({ place: z.int() });

/**
 * Places of the forms that the most telling shingles lead to, the best led to first. A shingle that few
 * have leads to all of them; of those that more have, the newest, and those that have some of them together.
 */
const candidates = (reads: Reads, known: readonly WeighedShingle[], kind: FormKind): readonly number[] => {
  const telling = [...known].sort((a, b) => b.weight - a.weight).slice(0, rarestTaken);
  const common = telling.filter(({ forms }) => forms >= candidatesOfOne);
  const together = common.map((_, at) => common.slice(at, at + 3)).filter((few) => few.length > 1);
  const ledTo = new Map<number, number>();
  for (const few of [...telling.map((one) => [one]), ...together]) {
    const weight = few.reduce((sum, one) => sum + one.weight, 0);
    const match = [...few.map(({ shingle }) => `"${shingle}"`), kindSought(kind)].join(' AND ');
    const hits = reads.all(
      placeRow,
      `SELECT rowid AS place FROM form_search WHERE form_search MATCH ? ORDER BY rowid DESC LIMIT ${candidatesOfOne}`,
      match,
    );
    for (const { place } of hits) ledTo.set(place, (ledTo.get(place) ?? 0) + weight);
  }
  return [...ledTo]
    .sort(([, a], [, b]) => b - a)
    .slice(0, candidatesCompared)
    .map(([place]) => place);
};
