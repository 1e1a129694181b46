import { expect, test } from 'vitest';
import { languages } from './language.ts';
import { numberWords, spokenDigits, spokenDuration, spokenMoney, spokenMonth, spokenNumber } from './spoken-number.ts';

const words: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...'零一二三四五六七八九'].map((word, digit) => [String(digit), word])),
  ...{ liang: '两', ten: '十', hundred: '百', thousand: '千', wan: '万', yi: '亿' },
  ...{ yuan: '元', jiao: '角', fen: '分', minus: '负', hour: '小时', minute: '分钟', second: '秒', month: '月份' },
};
const inChinese = (clips: readonly string[]): string => clips.map((clip) => words[clip.slice(3)] ?? '?').join('');
const inEnglish = (clips: readonly string[]): string => clips.map((clip) => clip.slice(3)).join(' ');

test.each([
  [0, '零'],
  [2, '二'],
  [10, '十'],
  [15, '十五'],
  [20, '二十'],
  [105, '一百零五'],
  [110, '一百一十'],
  [200, '二百'],
  [1_001, '一千零一'],
  [1_010, '一千零一十'],
  [2_200, '两千二百'],
  [10_015, '一万零一十五'],
  [20_000, '两万'],
  [100_500, '十万零五百'],
  [123_456, '十二万三千四百五十六'],
  [100_000_001, '一亿零一'],
])('%i is %s', (value, spoken) => {
  expect(inChinese(spokenNumber(value, 'zh'))).toBe(spoken);
});

test.each([
  [12_345, '一百二十三元四角五分'],
  [0, '零元'],
  [5, '五分'],
  [50, '五角'],
  [200, '两元'],
  [1_200, '十二元'],
  [10_005, '一百元零五分'],
  [10_050, '一百元五角'],
  [222, '两元两角两分'],
  [-1_000, '负十元'],
])('A2 170 %i fen are %s', (fen, spoken) => {
  expect(inChinese(spokenMoney(fen, 'zh'))).toBe(spoken);
});

test.each([
  [12_345, '1 hundred 20 3 yuan and 40 5 fen'],
  [0, '0 yuan'],
  [5, '5 fen'],
  [10_000, '1 hundred yuan'],
  [123_456_789, '1 million 2 hundred 30 4 thousand 5 hundred 60 7 yuan and 80 9 fen'],
  [-1_250, 'minus 12 yuan and 50 fen'],
])('A2 170 %i fen in English', (fen, spoken) => {
  expect(inEnglish(spokenMoney(fen, 'en'))).toBe(spoken);
});

test('durations are rounded to what helps', () => {
  expect([0, 1, 45, 60, 119, 3_600, 7_320].map((seconds) => inEnglish(spokenDuration(seconds, 'en')))).toEqual([
    '0 seconds',
    '1 second',
    '40 5 seconds',
    '1 minute',
    '2 minutes',
    '1 hour',
    '2 hours 2 minutes',
  ]);
  expect(inChinese(spokenDuration(7_320, 'zh'))).toBe('两小时两分钟');
});

test('digits are read sign by sign, months by their names', () => {
  expect(inChinese(spokenDigits('261124-0001', 'zh'))).toBe('二六一一二四零零零一');
  expect(inChinese(spokenMonth(12, 'zh'))).toBe('十二月份');
  expect(inEnglish(spokenMonth(12, 'en'))).toBe('month-12');
});

test.each(languages)('only words that have clips are said in %s', (language) => {
  const said = new Set<string>();
  for (let value = 0; value < 30_000; value += 7) {
    for (const clip of [...spokenNumber(value, language), ...spokenMoney(value * 13 - 50_000, language)])
      said.add(clip);
    for (const clip of spokenDuration(value, language)) said.add(clip);
  }
  const known = new Set([...'0123456789', ...numberWords[language]].map((word) => `${language}/${word}`));
  expect([...said].filter((clip) => !known.has(clip))).toEqual([]);
});
