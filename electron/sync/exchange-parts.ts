import type { Author } from '../../domain/forms/procedure/author.ts';
import type { DeskStore } from '../cache/store/desk-store.ts';
import type { CentreLink } from './centre-link.ts';

/** The desk's disk, a transaction at a time: when `write` returns all of it is kept, when it throws nothing is. */
export interface DeskDisk {
  readonly write: <Answer>(work: (store: DeskStore) => Answer) => Answer;
  /** For what the centre gives again: a power cut may take it back, and with it whatever came after. */
  readonly writeRepeatable: <Answer>(work: (store: DeskStore) => Answer) => Answer;
}

export interface ExchangeParts {
  readonly disk: DeskDisk;
  readonly centre: CentreLink;
  /** Who is signed in; the centre may change their roles. */
  readonly person: () => Author & { readonly staffNumber: string };
  /** The desk's own clock. */
  readonly now: () => number;
  readonly onFormsChanged: (forms: ReadonlySet<string>) => void;
  /** Operations of one push at most; what the centre takes at most, unless it is told. */
  readonly pushSize?: number;
}
