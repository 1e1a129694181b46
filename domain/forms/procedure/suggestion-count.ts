import type { Form } from '../form.ts';

type Suggestion = Pick<Form, 'id' | 'procedure'>;

/** A suggestion with those that were merged into it (D1). */
export interface SuggestionCount {
  /** The form under which all of them go. */
  readonly head: string;
  /** The forms that go under it, itself among them, by their ids. */
  readonly forms: readonly string[];
  /** J2: each form was opened for one person, and counts those who came after. */
  readonly people: number;
}

/**
 * The form under which each suggestion goes in the end, by its id. Two data admins who merge without network can make
 * a ring: the oldest form of it stands for it, at whichever it is entered. A form that is not among those given ends
 * the chain before it.
 */
const headsOf = (suggestions: readonly Suggestion[]): ReadonlyMap<string, string> => {
  const into = new Map(suggestions.map(({ id, procedure }) => [id, procedure.mergedInto?.form]));
  const heads = new Map<string, string>();
  for (const { id } of suggestions) {
    const path = new Set<string>();
    let at = id;
    while (!heads.has(at) && !path.has(at)) {
      path.add(at);
      const next = into.get(at);
      if (next !== undefined && into.has(next)) at = next;
    }
    // Where the path ends, a form leads back onto it: a ring, or of one merged into none, itself.
    const head = heads.get(at) ?? oldestOfRing(at, into);
    for (const one of path) heads.set(one, head);
  }
  return heads;
};

/** UUIDs of version 7 are in order of time. */
const oldestOfRing = (start: string, into: ReadonlyMap<string, string | undefined>): string => {
  let oldest = start;
  for (let at = into.get(start); at !== undefined && into.has(at) && at !== start; at = into.get(at)) {
    if (at < oldest) oldest = at;
  }
  return oldest;
};

/** J2, D1: how many people each suggestion counts for, the most wanted first; each person counts for one of them. */
export const countSuggestions = (suggestions: readonly Suggestion[]): readonly SuggestionCount[] => {
  const heads = headsOf(suggestions);
  const under = new Map<string, Suggestion[]>();
  for (const one of suggestions) {
    const head = heads.get(one.id) ?? one.id;
    const forms = under.get(head);
    if (forms) forms.push(one);
    else under.set(head, [one]);
  }
  return [...under]
    .map(([head, forms]) => ({
      head,
      forms: forms.map(({ id }) => id).toSorted(),
      people: forms.reduce((sum, { procedure }) => sum + 1 + procedure.supporters.length, 0),
    }))
    .toSorted((one, other) => other.people - one.people || (one.head < other.head ? -1 : 1));
};
