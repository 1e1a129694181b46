import { expect, test } from 'vitest';
import { endOfMicrophone, endOfRefusal, endOfStatus } from './call-state.ts';

test.each([
  [486, 'busy'],
  [503, 'lines-busy'],
  [403, 'refused'],
  [401, 'refused'],
  [480, 'unavailable'],
  [404, 'unavailable'],
  [500, 'unavailable'],
] as const)('A1 the SIP status %i is told as %s', (status, end) => {
  expect(endOfStatus(status)).toBe(end);
});

test.each([
  ['NotAllowedError', 'microphone-denied'],
  ['SecurityError', 'microphone-denied'],
  ['NotFoundError', 'microphone-missing'],
  ['NotReadableError', 'microphone-busy'],
] as const)('A1 %s is told as %s', (error, end) => {
  expect(endOfMicrophone(error)).toBe(end);
});

test('A1 without a pass the caller is told why', () => {
  expect(endOfRefusal('offline')).toBe('no-connection');
  expect(endOfRefusal('too-many-tries')).toBe('too-many-tries');
  expect(endOfRefusal('lines-busy')).toBe('lines-busy');
  expect(endOfRefusal('bad-request')).toBe('unavailable');
});
