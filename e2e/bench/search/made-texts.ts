import {
  attitudes,
  charges,
  districts,
  faults,
  lessons,
  links,
  nameCharacters,
  people,
  placeEnds,
  services,
  surnames,
  times,
  wishes,
} from './words.ts';

/** Every part of it but the time is searched. */
export interface MadeForm {
  readonly number: string;
  readonly callerName: string;
  readonly contactNumber: string;
  readonly account: string;
  readonly happenedWhere: string;
  readonly text: string;
  /** Milliseconds. */
  readonly openedAt: number;
}

/** Every part of it is searched. */
export interface MadeArticle {
  readonly title: string;
  readonly keywords: string;
  readonly body: string;
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export type Chance = () => number;
export const chanceOf = (seed: number): Chance => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Zipf's law nearly: the chance of a word falls as its place in the list grows. */
export const pick = (words: readonly string[], chance: Chance): string =>
  words[Math.floor((words.length + 1) ** chance() - 1)] ?? words[0] ?? '';

export const even = (below: number, chance: Chance): number => Math.floor(chance() * below);
const digits = (count: number, chance: Chance): string =>
  Array.from({ length: count }, () => even(10, chance)).join('');
const one = (words: readonly string[], chance: Chance): string => words[even(words.length, chance)] ?? '';

/** Some thousand streets and estates, a few of them in everybody's mouth. */
const placesOf = (chance: Chance): readonly string[] =>
  Array.from(
    { length: 6_000 },
    () => one(nameCharacters, chance) + one(nameCharacters, chance) + pick(placeEnds, chance),
  );

const place = (places: readonly string[], chance: Chance): string =>
  `${pick(districts, chance)}${pick(places, chance)}${1 + even(30, chance)}栋${1 + even(32, chance)}0${1 + even(4, chance)}室`;

const complaint = (chance: Chance, where: string): string => {
  const what = [faults, charges, attitudes][Math.floor(chance() ** 2 * 3)] ?? faults;
  return [
    `${pick(links, chance)}${pick(times, chance)}${where}的${pick(services, chance)}${pick(what, chance)}`,
    `${pick(links, chance)}${pick(services, chance)}${pick(faults, chance)}`,
    `${pick(people, chance)}${pick(attitudes, chance)}，${pick(links, chance)}${pick(charges, chance)}${1 + even(300, chance)}元`,
    `${pick(links, chance)}，${pick(wishes, chance)}`,
  ]
    .slice(even(2, chance))
    .join('，')
    .concat('。');
};

const day = 86_400_000;
const lastDay = Date.UTC(2026, 10, 24);

/** Forms of the last two years, the newest first; about a hundred characters each, no two alike. */
export const madeForms = function* (count: number, seed = 4): Generator<MadeForm> {
  const chance = chanceOf(seed);
  const places = placesOf(chance);
  for (let at = 0; at < count; at += 1) {
    const openedAt = Math.floor(lastDay - (730 * day * at) / count);
    const happenedWhere = place(places, chance);
    const mobile = `1${one(['38', '39', '33', '53', '80', '89', '77', '91'], chance)}${digits(8, chance)}`;
    yield {
      number: `${new Date(openedAt).toISOString().slice(2, 10).replaceAll('-', '')}-${digits(4, chance)}-${String(at % 1_000).padStart(3, '0')}-${at % 10}`,
      callerName:
        one(surnames, chance) + one(nameCharacters, chance) + (chance() < 0.7 ? one(nameCharacters, chance) : ''),
      contactNumber: mobile,
      account: chance() < 0.5 ? mobile : `AD${digits(9, chance)}`,
      happenedWhere,
      text: complaint(chance, happenedWhere) + (chance() < 0.6 ? complaint(chance, pick(places, chance)) : ''),
      openedAt,
    };
  }
};

/** Articles of the knowledge base, about eight hundred characters each, no two alike. */
export const madeArticles = function* (count: number, seed = 5): Generator<MadeArticle> {
  const chance = chanceOf(seed);
  const places = placesOf(chance);
  for (let at = 1; at <= count; at += 1) {
    const about = [pick(services, chance), pick(chance() < 0.6 ? faults : charges, chance)];
    const sentences: string[] = [];
    let length = 0;
    while (length < 760) {
      const sentence =
        chance() < 0.25
          ? complaint(chance, pick(places, chance))
          : `${pick(lessons, chance)}${pick(services, chance)}${pick(faults, chance)}，${pick(lessons, chance)}${one(about, chance)}，${pick(lessons, chance)}。`;
      sentences.push(sentence);
      length += sentence.length;
    }
    yield {
      title: `${about.join('')}的处理办法（${pick(districts, chance)}${at}号）`,
      keywords: [...about, pick(lessons, chance), pick(wishes, chance)].join(' '),
      body: sentences.join(''),
    };
  }
};

/** What there is to be searched of them. */
export const textOfForm = (form: MadeForm): string =>
  [form.number, form.callerName, form.contactNumber, form.account, form.text, form.happenedWhere].join('\n');
export const textOfArticle = ({ title, keywords, body }: MadeArticle): string => [title, keywords, body].join('\n');
