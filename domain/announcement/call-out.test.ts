import { expect, test } from 'vitest';
import { callOutPrompts } from './call-out.ts';

test('A6 the customer hears who calls: the hotline’s number digit by digit, 1 as yao in Mandarin', () => {
  expect(callOutPrompts('1000', 'zh')).toEqual([
    'zh/this-is-the-hotline',
    ...['zh/1-yao', 'zh/0', 'zh/0', 'zh/0'],
    'zh/is-calling-you',
  ]);
  expect(callOutPrompts('+10', 'en')).toEqual(['en/this-is-the-hotline', 'en/1', 'en/0', 'en/is-calling-you']);
});
