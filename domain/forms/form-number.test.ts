import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formNumber, isFormNumber } from './form-number.ts';

const parts = fc.record({
  day: fc
    .date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(2, 10).replaceAll('-', '')),
  desk: fc.integer({ min: 1, max: 99_999 }),
  count: fc.integer({ min: 1, max: 2_000 }),
});

test('a number carries its day, desk and count', () => {
  expect(formNumber({ day: '261124', desk: 17, count: 5 })).toMatch(/^261124-0017-005-\d$/);
});

test('ISO 7064 MOD 11,10: every number carries its right check digit', () => {
  fc.assert(fc.property(parts, (given) => isFormNumber(formNumber(given))));
});

test('hyphens and spaces are free, letters and short numbers are not numbers', () => {
  const number = formNumber({ day: '261124', desk: 17, count: 5 });
  expect(isFormNumber(number.replaceAll('-', ''))).toBe(true);
  expect(isFormNumber(number.replaceAll('-', ' '))).toBe(true);
  for (const wrong of ['', '7', 'abc', `${number}x`, number.slice(0, -1)]) expect(isFormNumber(wrong)).toBe(false);
});

test('one digit misheard is always noticed', () => {
  fc.assert(
    fc.property(parts, fc.nat(), fc.integer({ min: 1, max: 9 }), (given, where, by) => {
      const digits = [...formNumber(given).replaceAll('-', '')];
      const at = where % digits.length;
      digits[at] = String((Number(digits[at]) + by) % 10);
      return !isFormNumber(digits.join(''));
    }),
  );
});

test('numbers of other desks, days or counts differ', () => {
  fc.assert(
    fc.property(parts, parts, (one, two) => {
      const same = one.day === two.day && one.desk === two.desk && one.count === two.count;
      return (formNumber(one) === formNumber(two)) === same;
    }),
  );
});
