import { expect, test } from 'vitest';
import { markWords } from './mark-words.ts';

const shown = (text: string, query: string): string =>
  markWords(text, query)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join('');

test('D1 the words looked for are marked in Chinese and English, whatever their case', () => {
  expect(shown('宽带断网的处理', '断网')).toBe('宽带[断网]的处理');
  expect(shown('Broadband outage', 'OUT broad')).toBe('[Broad]band [out]age');
  expect(shown('光猫红灯', '光猫 红灯')).toBe('[光猫][红灯]');
  expect(shown('九折 10% (特价)', '10% (特价)')).toBe('九折 [10%] [(特价)]');
});

test('D1 a text stays whole where nothing is looked for or found', () => {
  expect(shown('宽带', '')).toBe('宽带');
  expect(shown('宽带', '漫游')).toBe('宽带');
  expect(shown('', '漫游')).toBe('');
});
