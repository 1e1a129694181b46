import { expect, test } from 'vitest';
import { outcomeOf, saysNoAnswer } from './call-outcome.ts';

test.each([
  [486, 'busy'],
  [600, 'busy'],
  [603, 'declined'],
  [408, 'no-answer'],
  [480, 'no-answer'],
  [503, 'line-lost'],
  [404, 'failed'],
  [488, 'failed'],
] as const)('a call of ours answered with %i is over as %s', (status, outcome) => {
  expect(outcomeOf('dialling', { by: 'response', status })).toBe(outcome);
});

test('a call that rang is declined by the agent, missed after its time, or given up by the caller', () => {
  expect(outcomeOf('ringing', { by: 'us' })).toBe('declined');
  expect(outcomeOf('ringing', { by: 'timeout' })).toBe('missed');
  expect(outcomeOf('ringing', { by: 'them', noAnswer: true })).toBe('missed');
  expect(outcomeOf('ringing', { by: 'them', noAnswer: false })).toBe('caller-gone');
});

test('a call in talk ends by either side, by a transfer, or with the line', () => {
  expect(outcomeOf('talking', { by: 'us' })).toBe('hung-up');
  expect(outcomeOf('held', { by: 'them', noAnswer: true })).toBe('caller-gone');
  expect(outcomeOf('held', { by: 'transfer' })).toBe('transferred');
  expect(outcomeOf('talking', { by: 'line' })).toBe('line-lost');
});

test.each([
  ['SIP;cause=480;text="No answer"', true],
  ['Q.850;cause=16, SIP ;text="x"; cause = 408', true],
  ['Q.850;cause=19', true],
  ['SIP;cause=200;text="Call completed elsewhere"', false],
  ['Q.850;cause=16', false],
  ['', false],
  [undefined, false],
] as const)('RFC 3326 a call taken back with %j: nobody answered in time is %s', (reason, noAnswer) => {
  expect(saysNoAnswer(reason)).toBe(noAnswer);
});
