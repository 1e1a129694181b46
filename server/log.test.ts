import { expect, test } from 'vitest';
import { maskNumber } from './log.ts';

test('numbers of callers are masked, what is no number is left', () => {
  expect(maskNumber('13800138000')).toBe('138****8000');
  expect(maskNumber('sip:+8613800138000@10.0.0.1')).toBe('sip:+86****8000@10.0.0.1');
  expect(maskNumber('62341')).toBe('62****');
  expect(maskNumber('1001')).toBe('1001');
  expect(maskNumber(undefined)).toBeUndefined();
});
