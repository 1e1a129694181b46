import { expect, test } from 'vitest';
import type { CallView } from '../../../contract/phone.ts';
import { outcomeOf } from './call-back.ts';

const over = (outcome: CallView['outcome'], answeredAt: number | null = null) => ({ outcome, answeredAt });

test('A9 what a callback came to is told by how its call ended', () => {
  expect(outcomeOf(over('hung-up', 1))).toBe('reached');
  expect(outcomeOf(over('caller-gone', 1))).toBe('reached');
  expect(outcomeOf(over('line-lost', 1))).toBe('reached');
  expect(outcomeOf(over('busy'))).toBe('busy');
  expect(outcomeOf(over('no-answer'))).toBe('no-answer');
  expect(outcomeOf(over('hung-up'))).toBe('no-answer');
});

test('A9 a call that never rang at the customer is no try', () => {
  expect(outcomeOf(over('failed'))).toBeNull();
  expect(outcomeOf(over('line-lost'))).toBeNull();
});
