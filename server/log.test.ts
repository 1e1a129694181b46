import { expect, test } from 'vitest';
import { maskNumber, withoutWords } from './log.ts';

test('numbers of callers are masked, what is no number is left', () => {
  expect(maskNumber('13800138000')).toBe('138****8000');
  expect(maskNumber('sip:+8613800138000@10.0.0.1')).toBe('sip:+86****8000@10.0.0.1');
  expect(maskNumber('62341')).toBe('62****');
  expect(maskNumber('1001')).toBe('1001');
  expect(maskNumber(undefined)).toBeUndefined();
});

test('an error is told by its name, its code and its place, not by its words', () => {
  const told = withoutWords(Object.assign(new RangeError('13800138000 is not\n  at home'), { code: '22003' }));
  expect(told).toMatchObject({ fault: 'RangeError', code: '22003' });
  expect(JSON.stringify(told)).toContain('log.test.ts');
  expect(JSON.stringify(told)).not.toContain('13800138000');
  expect(JSON.stringify(told)).not.toContain('home');
  expect(withoutWords('13800138000')).toEqual({ fault: 'string' });
});
