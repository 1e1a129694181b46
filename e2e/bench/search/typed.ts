import type { Collection } from './engines/engine.ts';
import { chanceOf, even, type MadeForm, pick } from './made-texts.ts';
import type { Keystroke } from './run.ts';
import { attitudes, charges, faults, lessons, services } from './words.ts';

const typedOneByOne = (collection: Collection, whole: string): readonly Keystroke[] =>
  Array.from([...whole], (_, at) => [...whole].slice(0, at + 1).join(''))
    .filter((typed) => typed === typed.trim())
    .map((typed) => ({ collection, typed }));

/** Searches as agents make them, a character at a time, from what stands in these forms and from usual words. */
export const keystrokes = (forms: readonly MadeForm[], seed = 6): readonly Keystroke[] => {
  const chance = chanceOf(seed);
  const times = (count: number, make: () => string): readonly string[] => Array.from({ length: count }, make);
  const some = (part: (form: MadeForm) => string) => () => {
    const form = forms[even(forms.length, chance)];
    return form ? part(form) : '';
  };
  const any = (...lists: readonly (readonly string[])[]): string =>
    pick(lists[even(lists.length, chance)] ?? [], chance);
  const matter = () => pick(services, chance) + any(faults, charges);
  const ofForms = [
    ...times(20, matter),
    ...times(8, () => any(charges, attitudes)),
    ...times(
      8,
      some(({ happenedWhere }) => happenedWhere.replace(/\d.*/, '')),
    ),
    ...times(
      6,
      some(({ callerName }) => callerName),
    ),
    ...times(
      6,
      some(({ contactNumber }) => contactNumber),
    ),
    ...times(
      3,
      some(({ number }) => number),
    ),
    ...['WiFi', 'VoLTE', 'IPTV', 'eSIM'],
    ...times(6, () => `${pick(services, chance)} ${any(faults, charges)}`),
    ...times(
      4,
      some(({ callerName, contactNumber }) => `${callerName} ${contactNumber.slice(-4)}`),
    ),
    ...['钻石矿', '20241301', 'satellite'],
  ];
  const ofArticles = [
    ...times(24, matter),
    ...times(8, () => any(lessons)),
    ...times(8, () => `${pick(services, chance)} ${any(lessons, faults)}`),
    ...['WiFi', 'VoLTE', '691'],
  ];
  return [
    ...ofForms.flatMap((whole) => typedOneByOne('forms', whole)),
    ...ofArticles.flatMap((whole) => typedOneByOne('articles', whole)),
  ];
};
