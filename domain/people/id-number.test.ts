import { expect, test } from 'vitest';
import { doubtOfIdNumber } from './id-number.ts';

test.each([
  // The example of GB 11643-1999.
  ['11010519491231002X', null],
  ['11010519491231002x', null],
  ['110105 19491231 002X', null],
  ['440524188001010014', null],
  ['', null],
  ['110105194912310021', 'checkFails'],
  ['11010519491231020X', 'checkFails'],
  ['E12345678', 'odd'],
  ['1101054912310', 'odd'],
])('of %s the doubt is %s', (value, doubt) => {
  expect(doubtOfIdNumber(value)).toBe(doubt);
});
