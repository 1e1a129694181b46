import fc from 'fast-check';
import { expect, test } from 'vitest';
import { languages } from '../access/language.ts';
import { type Service, services } from '../access/services.ts';
import { seatPhases } from '../people/seat-state.ts';
import { pickSeat } from './pick-seat.ts';
import type { RoutableSeat } from './routable.ts';

const seat = (staffNumber: string, readySince: number, rest: Partial<RoutableSeat> = {}): RoutableSeat => ({
  staffNumber,
  readySince,
  phase: 'ready',
  languages: ['zh'],
  services: [...services],
  senior: false,
  manager: false,
  duty: 'calls',
  ...rest,
});

test('A3 longest idle seat first, the lower staff number where two are equal', () => {
  expect(
    pickSeat([seat('1002', 20), seat('1001', 30), seat('1003', 20)], { language: 'zh', service: '180' })?.staffNumber,
  ).toBe('1002');
});

test('A3 only a seat that is ready and speaks the language', () => {
  const seats = [seat('1', 1, { phase: 'break' }), seat('2', 2), seat('3', 3, { languages: ['zh', 'en'] })];
  expect(pickSeat(seats, { language: 'en', service: '180' })?.staffNumber).toBe('3');
  expect(pickSeat(seats.slice(0, 1), { language: 'zh', service: '180' })).toBeUndefined();
});

test('A3 property: nobody who could take the call has been idle for longer than the one who gets it', () => {
  const anySeat = fc.record({
    staffNumber: fc.stringMatching(/^[0-9]{4}$/),
    phase: fc.constantFrom(...seatPhases),
    readySince: fc.nat(),
    languages: fc.subarray([...languages]),
    services: fc.subarray<Service>([...services]),
    senior: fc.boolean(),
    manager: fc.boolean(),
    duty: fc.constantFrom('calls' as const, 'reserve' as const),
  });
  fc.assert(
    fc.property(
      fc.array(anySeat),
      fc.constantFrom(...languages),
      fc.constantFrom(...services),
      (seats, language, service) => {
        const able = seats.filter(
          (one) => one.phase === 'ready' && one.languages.includes(language) && one.services.includes(service),
        );
        const picked = pickSeat(seats, { language, service });
        expect(picked === undefined).toBe(able.length === 0);
        if (picked) expect(able.every((one) => one.readySince >= picked.readySince)).toBe(true);
      },
    ),
  );
});
