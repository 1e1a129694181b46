import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMasked, maskAccount, maskContact, maskIdNumber, maskName, maskPhone } from './mask.ts';

test.each([
  ['13800138000', '138****8000'],
  ['+86 138 0013 8000', '+86 1** **** 8000'],
  ['0571-87654321', '057*-****4321'],
  ['10086', '****6'],
  ['110', '***'],
  ['', ''],
])('a telephone number %s is shown as %s', (value, masked) => {
  expect(maskPhone(value)).toBe(masked);
});

test.each([
  ['110101199003071234', '1101**********1234'],
  ['11010119900307123X', '1101**********123X'],
  ['110101900307123', '1101*******7123'],
  ['E12345678', 'E*******8'],
  ['1234567', '*******'],
])('an ID number %s is shown as %s', (value, masked) => {
  expect(maskIdNumber(value)).toBe(masked);
});

test.each([
  ['hz12345678', 'hz******78'],
  ['13800138000', '13*******00'],
  ['1234', '****'],
])('an account %s is shown as %s', (value, masked) => {
  expect(maskAccount(value)).toBe(masked);
});

test.each([
  ['王小明', '王**'],
  ['王明', '王*'],
  ['王', '*'],
  ['欧阳 娜娜', '欧* **'],
  ['阿迪力·买买提', '阿**·***'],
  ['John Smith', 'J*** S****'],
  ['J. Smith', '*. S****'],
  ["Seán O'Brien", 'S*** O******'],
])('a name %s is shown as %s', (value, masked) => {
  expect(maskName(value)).toBe(masked);
});

test.each([
  ['li.xiaowen@example.com', 'l*.*******@example.com'],
  ['l@example.com', '*@example.com'],
  ['13800138000', '138****8000'],
])('a contact %s is shown as %s', (value, masked) => {
  expect(maskContact(value)).toBe(masked);
});

const values = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.stringMatching(/^[0-9+\- ()]{0,30}$/),
  fc.stringMatching(/^[\u4e00-\u9fa5·]{0,8}$/),
  fc.stringMatching(/^[A-Za-z .]{0,30}$/),
);
const separators = /[\s+\-–().·/]/u;
/** Signs that can still be read, in their order; separators are no secret. */
const readable = (masked: string): readonly string[] =>
  [...masked].filter((sign) => sign !== '*' && !separators.test(sign));
const secret = (value: string): readonly string[] => [...value].filter((sign) => !separators.test(sign));

describe.each([
  ['phone', maskPhone, 7, 4],
  ['account', maskAccount, 4, 4],
  ['ID number', maskIdNumber, 8, 7],
] as const)('of any %s', (_what, mask, most, hidden) => {
  test(`at most ${most} signs can be read, from the ends, and ${hidden} or all are hidden`, () => {
    fc.assert(
      fc.property(values, (value) => {
        const signs = secret(value);
        const shown = readable(mask(value));
        expect(shown.length).toBeLessThanOrEqual(Math.min(most, Math.max(0, signs.length - hidden)));
        // Place by place either the sign itself or a star: nothing is moved to where it would tell more.
        const masked = [...mask(value)];
        expect(masked).toEqual([...value].map((sign, at) => (masked[at] === '*' ? '*' : sign)));
      }),
    );
  });
});

test('of any name at most one sign of a word can be read, of a Chinese one only the first of all', () => {
  fc.assert(
    fc.property(values, (value) => {
      const masked = maskName(value);
      const words = value.split(/[\s+\-–().·/]+/u).filter((word) => word !== '');
      const most = /\p{Script=Han}/u.test(value) ? Math.min(1, words.length) : words.length;
      expect(readable(masked).length).toBeLessThanOrEqual(most);
      expect([...masked]).toHaveLength([...value].length);
    }),
  );
});

test.each([
  ['phone', maskPhone],
  ['account', maskAccount],
  ['ID number', maskIdNumber],
  ['name', maskName],
  ['contact', maskContact],
] as const)('a masked %s masks to itself', (_what, mask) => {
  fc.assert(
    fc.property(values, (value) => {
      const masked = mask(value);
      expect(mask(masked)).toBe(masked);
      expect(isMasked(masked)).toBe(masked !== value || value.includes('*'));
    }),
  );
});
