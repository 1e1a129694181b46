import { z } from 'zod';
import { portion } from '../search/figures.ts';
import type { Verdict } from './verdict.ts';

/** Milliseconds of one start of the desk's cache. */
export const used = z.strictObject({
  /** From the closed file to its first list. */
  openMs: z.number(),
  listMs: z.array(z.number()),
  /** For each press of a key, the list that follows. */
  searchMs: z.array(z.number()),
});
export type Used = z.infer<typeof used>;

/** What was measured with so many forms. */
export interface AtSize {
  readonly forms: number;
  readonly fillMs: number;
  readonly edits: number;
  readonly pushMs: number;
  readonly starts: readonly Used[];
}

export interface Series {
  readonly name: string;
  /** `flat`: the same with all sizes; `n log n`: no worse than that. */
  readonly wanted: 'flat' | 'n log n';
  readonly points: readonly { readonly forms: number; readonly ms: number }[];
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const median = (values: readonly number[]): number => portion(values, 0.5);

export const seriesOf = (sizes: readonly AtSize[]): readonly Series[] => {
  const series = (name: string, wanted: Series['wanted'], of: (size: AtSize) => number): Series => ({
    ...{ name, wanted },
    points: sizes.map((size) => ({ forms: size.forms, ms: of(size) })),
  });
  return [
    series('(a) first fill', 'n log n', ({ fillMs }) => fillMs),
    series('(b) push of an edit for 30 forms', 'n log n', ({ pushMs }) => pushMs),
    series('search, a key press', 'n log n', ({ starts }) => mean(starts.flatMap(({ searchMs }) => searchMs))),
    series('list', 'flat', ({ starts }) => median(starts.flatMap(({ listMs }) => listMs))),
    series('(e) open to first list', 'flat', ({ starts }) => median(starts.map(({ openMs }) => openMs))),
  ];
};

/** The power of n by which the time grows: the slope in the logarithms of both, by least squares. */
export const exponentOf = (points: Series['points']): number => {
  const x = points.map(({ forms }) => Math.log(forms));
  const y = points.map(({ ms }) => Math.log(ms));
  const [middleX, middleY] = [mean(x), mean(y)];
  const along = x.map((one) => one - middleX);
  return mean(along.map((one, at) => one * ((y[at] ?? 0) - middleY))) / mean(along.map((one) => one ** 2));
};

/** What n log n itself shows between these sizes. */
const exponentOfNLogN = (points: Series['points']): number =>
  exponentOf(points.map(({ forms }) => ({ forms, ms: forms * Math.log(forms) })));

/** A machine that does other things too moves a slope by so much. */
const noise = 0.1;

/** What grows is judged by the two largest sizes: with few forms it is what each run costs anyway that shows. */
export const judgeGrowth = (all: readonly Series[]): readonly Verdict[] =>
  all.map(({ name, wanted, points }) => {
    const judged = wanted === 'flat' ? points : points.slice(-2);
    const exponent = exponentOf(judged);
    const most = (wanted === 'flat' ? 0 : exponentOfNLogN(judged)) + noise;
    return {
      what: `${name}: grows by n^${exponent.toFixed(2)} (wanted: ${wanted}, n^${most.toFixed(2)} at most)`,
      passed: exponent <= most,
    };
  });
