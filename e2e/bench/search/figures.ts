import type { Collection } from './engines/engine.ts';
import type { Keystroke } from './run.ts';

/** What one engine did with every key press, in their order. */
export interface Seen {
  readonly title: string;
  /** Bytes over the empty process. */
  readonly rss: number;
  readonly ms: readonly number[];
  /** Rows of the screen filled rightly. */
  readonly filled: readonly number[];
}

export const portion = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

/** Of the key presses in one collection. */
export const figuresIn = (
  collection: Collection,
  pressed: readonly Keystroke[],
  seen: Seen,
  toFill: readonly number[],
): { readonly medianMs: number; readonly p95Ms: number; readonly filledPart: number } => {
  const inIt = <Value>(values: readonly Value[]) => values.filter((_, at) => pressed[at]?.collection === collection);
  const times = inIt(seen.ms);
  return {
    medianMs: portion(times, 0.5),
    p95Ms: portion(times, 0.95),
    filledPart: sum(inIt(seen.filled)) / sum(inIt(toFill)),
  };
};

export const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;
