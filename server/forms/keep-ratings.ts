import type { Form } from '../../domain/forms/form.ts';
import { type KeyedRating, keyedRating } from '../../domain/forms/procedure/keyed-rating.ts';
import type { CentreForms } from './centre-forms.ts';

/** How long after the key a form of the call may still come, or be answered: the agent writes it up. */
const lateMs = 10 * 60_000;

interface Kept {
  readonly outcome: KeyedRating;
  readonly until: number;
  /** What each form has been given so far. */
  readonly given: Map<string, 'form.note' | 'form.call-back'>;
}

export interface RatingsParts {
  readonly forms: Pick<CentreForms, 'findByContactId' | 'perform' | 'onChanged'>;
  readonly clock: () => number;
  /** UUIDv7s. */
  readonly newId: () => string;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Q1: puts what callers key after the talk onto the forms of that call, each once; and onto those that come from a desk
 * or are answered in the minutes after.
 */
export const createRatings = ({ forms, clock, newId, onFailure }: RatingsParts) => {
  const ratings = new Map<string, Kept>();

  const give = async (form: Form, { outcome, given }: Kept): Promise<void> => {
    const recorded = keyedRating(form, outcome);
    const before = given.get(form.id);
    if (before === 'form.call-back' || before === recorded.kind) return;
    given.set(form.id, recorded.kind);
    const done = await forms.perform({ operation: newId(), form: form.id, ...recorded });
    if (!done.ok) throw new Error(`a keyed rating was refused: ${done.error.code}`);
  };

  const stopListening = forms.onChanged(({ form }) => {
    for (const [contactId, kept] of ratings) {
      if (kept.until < clock()) ratings.delete(contactId);
      else if (form.calls.some((call) => call.contactId === contactId)) give(form, kept).catch(onFailure);
    }
  });

  return {
    keep: async (contactId: string, outcome: KeyedRating): Promise<void> => {
      const kept: Kept = { outcome, until: clock() + lateMs, given: new Map() };
      ratings.set(contactId, kept);
      for (const form of await forms.findByContactId(contactId)) await give(form, kept);
    },
    stop: stopListening,
  };
};
