import { expect, test } from 'vitest';
import { compareTexts } from './compare-texts.ts';

const shown = (before: string, after: string): string =>
  compareTexts(before, after)
    .map(({ text, how }) => ({ same: text, added: `[+${text}]`, removed: `[-${text}]` })[how])
    .join('');

test('D1 what changed between two versions is shown word by word in Chinese and English', () => {
  expect(shown('城区 24 小时内修复', '城区 36 小时内修复')).toBe('城区 [-24][+36] 小时内修复');
  expect(shown('Repaired in town', 'Repaired in the town')).toBe('Repaired in [+the ]town');
  expect(shown('不变', '不变')).toBe('不变');
  expect(shown('', '新写')).toBe('[+新写]');
});

test('D1 every sign of both versions is in the comparison', () => {
  const [before, after] = ['一、先查\n二、再问', '一、先问\n二、再查，三、记录'];
  const parts = compareTexts(before, after);
  const joined = (but: string): string =>
    parts
      .filter(({ how }) => how !== but)
      .map(({ text }) => text)
      .join('');
  expect(joined('added')).toBe(before);
  expect(joined('removed')).toBe(after);
});
