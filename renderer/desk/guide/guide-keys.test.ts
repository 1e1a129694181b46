import { expect, test } from 'vitest';
import { guideDigitOf } from './guide-keys.ts';

const key = (
  code: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat', true>> = {},
) => ({
  code,
  ...{ ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false },
  ...held,
});

test('a digit answers where nothing is typed, of either row of digits', () => {
  expect(guideDigitOf(key('Digit3'), false)).toBe(3);
  expect(guideDigitOf(key('Numpad0'), false)).toBe(0);
});

test('in a field a digit is text, and answers with Alt', () => {
  expect(guideDigitOf(key('Digit3'), true)).toBeNull();
  expect(guideDigitOf(key('Digit3', { altKey: true }), true)).toBe(3);
  expect(guideDigitOf(key('Digit3', { altKey: true }), false)).toBe(3);
});

test('what types a sign, or is another hot key, answers nothing', () => {
  expect(guideDigitOf(key('Numpad3', { altKey: true }), true)).toBeNull();
  expect(guideDigitOf(key('Digit3', { ctrlKey: true }), false)).toBeNull();
  expect(guideDigitOf(key('Digit3', { shiftKey: true }), false)).toBeNull();
  expect(guideDigitOf(key('Digit3', { repeat: true }), false)).toBeNull();
  expect(guideDigitOf(key('KeyA'), false)).toBeNull();
});
