import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { loginWords } from '../login/login-words.ts';
import { en } from './en.ts';
import { makeI18n } from './i18n.ts';
import { zh } from './zh.ts';

interface Tree {
  readonly [key: string]: string | Tree;
}

const keysOf = (tree: Tree, prefix = ''): readonly string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  );
const textsOf = (tree: Tree): readonly string[] =>
  Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : textsOf(value)));
const gapsOf = (text: string): readonly string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

const renderer = resolve(import.meta.dirname, '../..');
const sources = globSync('{app,desk,knowledge,paper,settings,sync}/**/*.{ts,tsx}', { cwd: renderer })
  .filter((file) => !file.includes('.test.') && !file.includes('i18n/'))
  .map((file) => readFileSync(resolve(renderer, file), 'utf8'))
  .join('\n');

test('Chinese and English have the same keys, with the same gaps to fill', () => {
  expect(keysOf(en)).toEqual(keysOf(zh));
  expect(textsOf(en).map(gapsOf)).toEqual(textsOf(zh).map(gapsOf));
  expect(keysOf({ ...loginWords.en })).toEqual(keysOf({ ...loginWords.zh }));
});

test('no text is empty', () => {
  for (const words of [zh, en, loginWords.zh, loginWords.en]) expect(textsOf({ ...words })).not.toContain('');
});

test('every word is used somewhere on the screen', () => {
  const prefixes = [...sources.matchAll(/`([\w.]+\.)\$\{/g)].map((match) => match[1] ?? '');
  const unused = keysOf(zh).filter(
    (key) => !sources.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)),
  );
  expect(unused).toEqual([]);
});

test('a key with a dot of its own is found in both languages', () => {
  for (const language of ['zh', 'en'] as const) {
    const words = language === 'zh' ? zh : en;
    expect(makeI18n(language).t('history.form.open')).toBe(words.history['form.open']);
  }
});
