import { expect, test } from 'vitest';
import { type Service, services } from '../access/services.ts';
import { seatPhases } from '../people/seat-state.ts';
import type { RoutableSeat } from './routable.ts';
import { seatsFor } from './seats-for.ts';

const seat = (rest: Partial<RoutableSeat>): RoutableSeat => ({
  staffNumber: '1001',
  phase: 'ready',
  readySince: 0,
  languages: ['zh'],
  services: [...services],
  senior: false,
  manager: false,
  duty: 'calls',
  ...rest,
});
const complaint = { language: 'zh', service: '180' } as const;

test('A5 a contact waits where seats for it are there and none is free', () => {
  expect(seatsFor([seat({ phase: 'talking' }), seat({})], complaint)).toBe('free');
  for (const phase of seatPhases.filter((one) => one !== 'ready' && one !== 'off'))
    expect(seatsFor([seat({ phase })], complaint)).toBe('busy');
});

test('A5 nobody is there for a contact: no seat, no skill, no language, a clerk with work of their own', () => {
  const none: readonly Partial<RoutableSeat>[] = [
    { phase: 'off' },
    { services: ['114'] satisfies Service[] },
    { languages: ['en'] },
    { duty: 'own-queue' },
  ];
  for (const one of none) expect(seatsFor([seat(one)], complaint)).toBe('none');
  expect(seatsFor([], complaint)).toBe('none');
  expect(seatsFor([seat({ duty: 'reserve' })], complaint)).toBe('free');
});

test('J1 M1 a talk that is handed on waits where seats of the role are busy, and nobody is there where none is on duty', () => {
  const handedOn = { ...complaint, role: 'manager' } as const;
  expect(seatsFor([seat({}), seat({ senior: true })], handedOn)).toBe('none');
  expect(seatsFor([seat({ manager: true, phase: 'talking', services: [] })], handedOn)).toBe('busy');
  expect(seatsFor([seat({ manager: true, services: [] })], handedOn)).toBe('free');
  expect(seatsFor([seat({ manager: true, phase: 'off' })], handedOn)).toBe('none');
});
