import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextSeatPhase, type SeatEvent, type SeatPhase, seatEvents } from './seat-state.ts';

const after = (...events: SeatEvent[]): SeatPhase => events.reduce<SeatPhase>(nextSeatPhase, 'off');

test('A3 a working day: sign in, ready, a call, wrap-up, the next', () => {
  expect(after('sign-in')).toBe('break');
  expect(after('sign-in', 'make-ready', 'ring')).toBe('ringing');
  expect(after('sign-in', 'make-ready', 'ring', 'answer')).toBe('talking');
  expect(after('sign-in', 'make-ready', 'ring', 'answer', 'hang-up')).toBe('wrap-up');
  expect(after('sign-in', 'make-ready', 'ring', 'answer', 'hang-up', 'wrap-up-over')).toBe('ready');
});

test('A3 a call not answered takes the seat out of the round; one withdrawn does not', () => {
  expect(after('sign-in', 'make-ready', 'ring', 'miss')).toBe('break');
  expect(after('sign-in', 'make-ready', 'ring', 'withdraw')).toBe('ready');
});

test('signing out ends every phase, and a seat that is off hears nothing but a sign-in', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...seatEvents)), (events) => {
      expect(nextSeatPhase(after(...events), 'sign-out')).toBe('off');
    }),
  );
  for (const event of seatEvents) if (event !== 'sign-in') expect(after(event)).toBe('off');
});

test('no event during a talk but its end frees the seat', () => {
  for (const event of seatEvents) {
    if (event !== 'hang-up' && event !== 'sign-out') expect(nextSeatPhase('talking', event)).toBe('talking');
  }
});
