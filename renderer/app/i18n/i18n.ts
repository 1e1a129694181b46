import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../../domain/access/language.ts';
import { en } from './en.ts';
import type { Words } from './words.ts';
import { zh } from './zh.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Words };
  }
}

/** An i18next of its own in this language, both languages on board. */
export const makeI18n = (language: Language): i18n => {
  const instance = i18next.createInstance({
    lng: language,
    fallbackLng: 'zh',
    resources: { zh: { translation: zh }, en: { translation: en } },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    // Service numbers are keys too: `service.180`.
    initAsync: false,
  });
  void instance.use(initReactI18next).init();
  return instance;
};
