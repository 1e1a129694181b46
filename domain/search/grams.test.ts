import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldText, wordsOf } from './fold-text.ts';
import { indexedGrams, saidByItsGrams, soughtGrams } from './grams.ts';
import { matchExpression } from './match-expression.ts';
import { searchable } from './searchable.fixture.ts';

test('D1 Chinese is kept by every character and every two neighbours, signs end a word', () => {
  expect([...indexedGrams('宽带掉线，退费')].sort()).toEqual(
    ['宽', '带', '掉', '线', '退', '费', '宽带', '带掉', '掉线', '退费'].sort(),
  );
});

test('D1 letters and digits are kept by one, two and three neighbours, and by two with Chinese beside them', () => {
  expect([...indexedGrams('4g网1390')].sort()).toEqual(
    ['4', 'g', '4g', 'g网', '网', '网1', '1', '3', '9', '0', '13', '39', '90', '139', '390'].sort(),
  );
});

test('D1 a word is looked up by its longest grams', () => {
  expect([...soughtGrams('宽')]).toEqual(['宽']);
  expect([...soughtGrams('宽带掉')]).toEqual(['宽带', '带掉']);
  expect([...soughtGrams('13901')]).toEqual(['139', '390', '901']);
  expect([...soughtGrams('5g网139')]).toEqual(['5g', 'g网', '网1', '139']);
  expect([...soughtGrams('139网5')]).toEqual(['139', '9网', '网5']);
  expect([...soughtGrams('a-b')]).toEqual(['a', 'b']);
  expect([...soughtGrams('50%')]).toEqual(['50']);
});

test('D1 full-width letters, digits and spaces are searched as the ordinary ones', () => {
  expect(wordsOf(' ＷｉＦｉ　１００Ｍ wifi ')).toEqual(['wifi', '100m']);
});

test('D1 only a word of one gram is said by its grams', () => {
  expect(['宽', '宽带', '139', '13', 'w', 'g网'].map(saidByItsGrams)).toEqual(Array(6).fill(true));
  expect(['宽带掉', '1390', '4g网', '50%', '%', 'a-'].map(saidByItsGrams)).toEqual(Array(6).fill(false));
});

test('D1 whatever part of a text is typed, the text has its grams', () => {
  fc.assert(
    fc.property(searchable, fc.nat(), fc.nat(), (text, from, length) => {
      const folded = [...foldText(text)];
      const start = from % (folded.length + 1);
      const part = folded.slice(start, start + 1 + (length % 8)).join('');
      const kept = indexedGrams(folded.join(''));
      for (const word of part.split(/\s+/))
        expect([...soughtGrams(word)].filter((gram) => !kept.has(gram))).toEqual([]);
    }),
  );
});

test('D1 a word said by its grams stands in every text that has them', () => {
  fc.assert(
    fc.property(searchable, searchable, (text, query) => {
      const folded = foldText(text);
      const kept = indexedGrams(folded);
      for (const word of wordsOf(query)) {
        if (saidByItsGrams(word)) expect(kept.has(word)).toBe(folded.includes(word));
      }
    }),
  );
});

test('D1 nothing that is typed becomes syntax of the index', () => {
  fc.assert(
    fc.property(fc.oneof(searchable, fc.string({ unit: 'binary' })), (query) => {
      expect(matchExpression(wordsOf(query)) ?? '"a"').toMatch(
        /^"[\p{L}\p{N}\p{M}\p{sc=Han}]+"( AND "[\p{L}\p{N}\p{M}\p{sc=Han}]+")*$/u,
      );
    }),
  );
});
