export const collections = ['forms', 'articles'] as const;
export type Collection = (typeof collections)[number];

/** A screen's worth of results. */
export const shown = 30;

/** A search engine with the data in it. A text's id is its place in the order it was made, the newest 0. */
export interface Engine {
  /** Ids of at most `shown` texts for what has been typed so far. */
  readonly search: (collection: Collection, typed: string) => readonly number[];
  readonly close?: () => void;
}

export interface Amounts {
  readonly forms: number;
  readonly articles: number;
}
