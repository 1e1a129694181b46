import { expect, test } from 'vitest';
import type { CallView } from '../../../contract/phone.ts';
import { commandFor, consultationOf, mainCall, qualityWord } from './calls.ts';

const call = (id: string, phase: CallView['phase'], other: Partial<CallView> = {}): CallView => ({
  id,
  contactId: null,
  direction: 'in',
  remote: '13800000000',
  service: '180',
  language: 'zh',
  waitedSeconds: 3,
  origin: 'trunk',
  priority: 'normal',
  callback: null,
  form: null,
  giver: null,
  phase,
  since: 0,
  answeredAt: null,
  muted: false,
  announcement: null,
  quality: null,
  transfer: null,
  outcome: null,
  ...other,
});

test('the call the agent talks in comes before one that rings', () => {
  expect(mainCall([call('a', 'ringing'), call('b', 'talking')])?.id).toBe('b');
  expect(mainCall([call('a', 'ended')])).toBeNull();
});

test('P1 hot keys act on the call they can act on', () => {
  const ringing = [call('a', 'ringing')];
  expect(commandFor('answer', ringing)).toEqual({ type: 'answer', call: 'a' });
  expect(commandFor('hang-up', ringing)).toEqual({ type: 'decline', call: 'a' });
  expect(commandFor('mute', ringing)).toBeNull();
  expect(commandFor('hold', [call('a', 'talking')])).toEqual({ type: 'hold', call: 'a' });
  expect(commandFor('hold', [call('a', 'held')])).toEqual({ type: 'resume', call: 'a' });
  expect(commandFor('mute', [call('a', 'talking', { muted: true })])).toEqual({ type: 'unmute', call: 'a' });
});

test('A3 nothing can open the microphone while the staff number is announced', () => {
  expect(commandFor('mute', [call('a', 'announcing')])).toBeNull();
  expect(commandFor('hold', [call('a', 'announcing')])).toBeNull();
});

test('J4 a consultation is a held call and the one the agent dialled meanwhile', () => {
  const held = call('a', 'held');
  const dialled = call('b', 'talking', { direction: 'out' });
  expect(consultationOf([held, dialled])).toEqual({ held, consulted: dialled });
  expect(consultationOf([held])).toBeNull();
  expect(commandFor('hang-up', [held, dialled])).toEqual({ type: 'hang-up', call: 'b' });
});

test('the MOS has a word', () => {
  const quality = { lossPercent: 0, jitterMs: 2, roundTripMs: 20 };
  expect([4.3, 3.8, 2.9].map((mos) => qualityWord({ ...quality, mos }))).toEqual(['good', 'fair', 'poor']);
});
