import { en } from './words/en.ts';
import { type Words, zh } from './words/zh.ts';

export type Language = 'zh' | 'en';

export type WordKey = keyof Words;

const byLanguage: Record<Language, Words> = { zh, en };

let language: Language = 'zh';
/** The centre tells another one, where it has another one. */
let hotline = '1000';
const listeners = new Set<() => void>();

export const currentLanguage = (): Language => language;

/** The text of a key in the language of the page, `{name}` replaced by the value given. */
export const say = (key: WordKey, values: Readonly<Record<string, string>> = {}): string =>
  fill(byLanguage[language][key], { hotline, ...values });

export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

/** Puts the page into a language: all texts that stand in it, its `lang`, then whoever listens. */
export const speak = (next: Language): void => {
  language = next;
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
  document.title = say('title');
  for (const node of document.querySelectorAll<HTMLElement>('[data-word]')) {
    const key = node.dataset['word'];
    if (isKey(key)) node.textContent = say(key);
  }
  for (const node of document.querySelectorAll<HTMLElement>('[data-label]')) {
    const key = node.dataset['label'];
    if (isKey(key)) node.setAttribute('aria-label', say(key));
  }
  for (const listener of listeners) listener();
};

export const callHotline = (number: string): void => {
  if (number === hotline) return;
  hotline = number;
  speak(language);
};

export const onLanguageChanged = (listener: () => void): void => {
  listeners.add(listener);
};

const isKey = (key: string | undefined): key is WordKey => key !== undefined && key in zh;

const locales: Record<Language, string> = { zh: 'zh-CN', en: 'en-GB' };

/** A time as people write it. */
export const dateAndTime = (at: number): string =>
  new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeStyle: 'short' }).format(at);
