/** The languages a caller may choose (A2): key 1 Chinese, key 2 English. */
export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

const byKey: ReadonlyMap<string, Language> = new Map([
  ['1', 'zh'],
  ['2', 'en'],
]);

export const languageOfKey = (key: string): Language | undefined => byKey.get(key);
