import { z } from 'zod';
import type { Refusal } from '../../domain/forms/form.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import { canonicalJson } from '../records/canonical-json.ts';
import type { SeenOperation } from './sync-transaction.ts';

/** What became of operations before, in the records or earlier in the same batch. */
export interface OutcomesBefore {
  /** Undefined: not seen before. `refusal` null: it was applied. */
  readonly of: (operation: Operation) => { readonly refusal: Refusal | null } | undefined;
  readonly note: (seen: SeenOperation) => void;
}

export const outcomesBefore = (recorded: readonly SeenOperation[]): OutcomesBefore => {
  const byId = new Map<string, SeenOperation>();
  const byPlace = new Map<string, SeenOperation>();
  const note = (seen: SeenOperation): void => {
    byId.set(seen.id, seen);
    byPlace.set(placeOf(seen), seen);
  };
  recorded.forEach(note);
  return {
    of: (operation) => {
      const same = byId.get(operation.id);
      // Another operation under the same id is none that an honest desk made; a new name would not help that desk.
      if (same) return isSame(operation, same.operation) ? same : { refusal: { code: 'unreadable' } };
      return byPlace.has(placeOf(operation)) ? { refusal: { code: 'sequence-taken' } } : undefined;
    },
    note,
  };
};

const placeOf = ({ device, seq }: Pick<SeenOperation, 'device' | 'seq'>): string => `${device} ${seq}`;

/** Device and seq are not of what an operation says: a desk that took a new name sends it under others. */
const content = z.object({
  kind: z.string(),
  form: z.string(),
  payload: z.unknown(),
  by: z.string(),
  madeAt: z.number(),
});

const isSame = (operation: Operation, kept: unknown): boolean => {
  if (operation === kept) return true;
  const [one, other] = [content.parse(operation), content.parse(kept)];
  // Both were read by one schema and have their keys in its order, unless the schema has changed since.
  return JSON.stringify(one) === JSON.stringify(other) || canonicalJson(one) === canonicalJson(other);
};
