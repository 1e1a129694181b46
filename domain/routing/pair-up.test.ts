import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languages } from '../access/language.ts';
import { type Service, services } from '../access/services.ts';
import { seatPhases } from '../people/seat-state.ts';
import { pairUp, usualRules } from './pair-up.ts';
import { canTake, type RoutableSeat } from './routable.ts';
import { countsFrom, priorities, type WaitingContact } from './waiting-line.ts';
import { transferRoles } from './warm-transfer.ts';

const now = 1_000_000;

const seat = (staffNumber: string, rest: Partial<RoutableSeat> = {}): RoutableSeat => ({
  staffNumber,
  phase: 'ready',
  readySince: Number(staffNumber),
  languages: ['zh'],
  services: [...services],
  senior: false,
  manager: false,
  duty: 'calls',
  ...rest,
});

interface Named extends WaitingContact {
  readonly id: string;
}
const contact = (id: string, rest: Partial<WaitingContact> = {}): Named => ({
  id,
  since: now,
  priority: 'normal',
  language: 'zh',
  service: '180',
  familiar: undefined,
  missed: undefined,
  ...rest,
});

const paired = (contacts: readonly Named[], seats: readonly RoutableSeat[], at = now) => {
  const { pairs, lookAgainAt } = pairUp(contacts, seats, at, usualRules);
  return { pairs: pairs.map((pair) => `${pair.contact.id}-${pair.seat.staffNumber}`), lookAgainAt };
};

describe('A3 who is served first', () => {
  test('A3 first come first served; a key account counts as having come two minutes earlier', () => {
    const seats = [seat('1')];
    const waiting = [contact('a', { since: now - 90_000 }), contact('b', { since: now - 10_000 })];
    expect(paired(waiting, seats).pairs).toEqual(['a-1']);
    const key = contact('k', { since: now, priority: 'key-account' });
    expect(paired([...waiting, key], seats).pairs).toEqual(['k-1']);
    expect(paired([contact('a', { since: now - 121_000 }), key], seats).pairs).toEqual(['a-1']);
  });

  test('A3 who nobody idle can serve does not hold up those behind', () => {
    const waiting = [contact('a', { language: 'en', since: 0 }), contact('b')];
    expect(paired(waiting, [seat('1')]).pairs).toEqual(['b-1']);
  });
});

describe('A3 which seat', () => {
  test('A3 the longest idle one that has the language and the service', () => {
    const seats = [seat('1', { services: ['114'] }), seat('2', { phase: 'talking' }), seat('4'), seat('3')];
    expect(paired([contact('a')], seats).pairs).toEqual(['a-3']);
  });

  test('A3 the agent who works this caller’s form, though others have been idle for longer', () => {
    expect(paired([contact('a', { familiar: '9' })], [seat('1'), seat('9')]).pairs).toEqual(['a-9']);
  });

  test('A3 the agent who knows the caller is waited for while busy, for a time only', () => {
    const waiting = [contact('a', { familiar: '9', since: now - 5_000 })];
    const seats = [seat('1'), seat('9', { phase: 'talking' })];
    expect(paired(waiting, seats)).toEqual({ pairs: [], lookAgainAt: now + 5_000 });
    expect(paired(waiting, seats, now + 5_000).pairs).toEqual(['a-1']);
    for (const phase of ['break', 'off'] as const)
      expect(paired(waiting, [seat('1'), seat('9', { phase })]).pairs).toEqual(['a-1']);
  });

  test('A3 a key account goes to a senior agent where one is idle (J1)', () => {
    const seats = [seat('1'), seat('8', { senior: true })];
    expect(paired([contact('k', { priority: 'key-account' })], seats).pairs).toEqual(['k-8']);
    expect(paired([contact('k', { priority: 'key-account' })], [seat('1')]).pairs).toEqual(['k-1']);
    expect(paired([contact('a')], seats).pairs).toEqual(['a-1']);
  });

  test('J1 M1 a talk that is handed on gets the longest idle seat of the role and the language, whatever its skills', () => {
    const seats = [
      seat('1', { readySince: 1 }),
      seat('6', { senior: true, readySince: 30, services: ['114'] }),
      seat('7', { senior: true, readySince: 20 }),
      seat('8', { senior: true, readySince: 10, languages: ['en'] }),
      seat('9', { manager: true, readySince: 40 }),
    ];
    expect(paired([contact('a', { role: 'senior' })], seats).pairs).toEqual(['a-7']);
    expect(paired([contact('a', { role: 'manager' })], seats).pairs).toEqual(['a-9']);
    expect(paired([contact('a', { role: 'senior' }), contact('b', { role: 'senior' })], seats).pairs).toEqual([
      'a-7',
      'b-6',
    ]);
    expect(paired([contact('a', { role: 'manager' })], [seat('1'), seat('8', { senior: true })]).pairs).toEqual([]);
  });

  test('A3 a seat of many skills is spared while one of few can take the contact', () => {
    const bilingual = seat('1', { languages: ['zh', 'en'] });
    const complaintsOnly = seat('3', { services: ['180'] });
    expect(paired([contact('a')], [bilingual, seat('2')]).pairs).toEqual(['a-2']);
    expect(paired([contact('a')], [bilingual, seat('2'), complaintsOnly]).pairs).toEqual(['a-3']);
    expect(paired([contact('a')], [bilingual]).pairs).toEqual(['a-1']);
    expect(paired([contact('a'), contact('b', { language: 'en' })], [bilingual, seat('2')]).pairs).toEqual([
      'a-2',
      'b-1',
    ]);
  });

  test('A10 a clerk takes a call where no agent can, and none while their own queue is full', () => {
    const clerk = seat('1', { duty: 'reserve' });
    expect(paired([contact('a')], [clerk, seat('2')]).pairs).toEqual(['a-2']);
    expect(paired([contact('a')], [clerk]).pairs).toEqual(['a-1']);
    expect(paired([contact('a')], [seat('1', { duty: 'own-queue' })]).pairs).toEqual([]);
  });
});

describe('A3 a seat that did not answer (RONA)', () => {
  const missed = { seat: '1', at: now };

  test('A3 is not offered the same caller again while others are at work, for a time only', () => {
    const waiting = [contact('a', { missed })];
    expect(paired(waiting, [seat('1'), seat('2')]).pairs).toEqual(['a-2']);
    const seats = [seat('1'), seat('2', { phase: 'talking' })];
    expect(paired(waiting, seats)).toEqual({ pairs: [], lookAgainAt: now + 60_000 });
    expect(paired(waiting, seats, now + 60_000).pairs).toEqual(['a-1']);
  });

  test('A3 is offered the caller again where it is the only one for it', () => {
    expect(paired([contact('a', { missed })], [seat('1'), seat('2', { phase: 'break' })]).pairs).toEqual(['a-1']);
  });

  test('A3 is offered other callers', () => {
    expect(paired([contact('a', { missed }), contact('b')], [seat('1')]).pairs).toEqual(['a-1']);
    expect(
      paired([contact('a', { missed }), contact('b')], [seat('1'), seat('2', { phase: 'talking' })]).pairs,
    ).toEqual(['b-1']);
  });
});

const anySeats: fc.Arbitrary<readonly RoutableSeat[]> = fc.uniqueArray(
  fc.record({
    staffNumber: fc.constantFrom('1', '2', '3', '4', '5', '6'),
    phase: fc.oneof({ weight: 3, arbitrary: fc.constant('ready' as const) }, fc.constantFrom(...seatPhases)),
    readySince: fc.nat({ max: now }),
    languages: fc.subarray([...languages]),
    services: fc.subarray<Service>([...services]),
    senior: fc.boolean(),
    manager: fc.boolean(),
    duty: fc.constantFrom('calls' as const, 'calls' as const, 'reserve' as const, 'own-queue' as const),
  }),
  { selector: ({ staffNumber }) => staffNumber },
);
const anyContacts: fc.Arbitrary<readonly Named[]> = fc
  .array(
    fc.record({
      since: fc.integer({ min: 0, max: now }),
      priority: fc.constantFrom(...priorities),
      language: fc.constantFrom(...languages),
      service: fc.constantFrom(...services),
      role: fc.option(fc.constantFrom(...transferRoles), { nil: undefined }),
      familiar: fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined }),
      missed: fc.option(fc.record({ seat: fc.constantFrom('1', '2', '3'), at: fc.integer({ min: 0, max: now }) }), {
        nil: undefined,
      }),
    }),
    { maxLength: 12 },
  )
  .map((contacts) => contacts.map((one, index) => ({ ...one, id: String(index) })));

describe('A3 properties of every pairing', () => {
  test('A3 nobody twice, only by skill, only idle seats', () => {
    fc.assert(
      fc.property(anyContacts, anySeats, (contacts, seats) => {
        const { pairs } = pairUp(contacts, seats, now, usualRules);
        expect(new Set(pairs.map((pair) => pair.contact)).size).toBe(pairs.length);
        expect(new Set(pairs.map((pair) => pair.seat)).size).toBe(pairs.length);
        for (const pair of pairs) {
          expect(pair.seat.phase).toBe('ready');
          expect(canTake(pair.seat, pair.contact)).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('A3 no seat stays idle for whom it could serve, but for a bounded wait that is looked at again', () => {
    fc.assert(
      fc.property(anyContacts, anySeats, (contacts, seats) => {
        const { pairs, lookAgainAt } = pairUp(contacts, seats, now, usualRules);
        const left = seats.filter((one) => one.phase === 'ready' && !pairs.some((pair) => pair.seat === one));
        const waitsOn = contacts.filter(
          (one) => !pairs.some((pair) => pair.contact === one) && left.some((idle) => canTake(idle, one)),
        );
        if (waitsOn.length > 0) {
          expect(lookAgainAt).toBeGreaterThan(now);
          const longest = Math.max(usualRules.familiarSeconds, usualRules.sameSeatSeconds);
          expect(lookAgainAt).toBeLessThanOrEqual(now + longest * 1000);
        }
        const later = now + (usualRules.familiarSeconds + usualRules.sameSeatSeconds) * 1000;
        expect(pairUp(contacts, seats, later, usualRules).lookAgainAt).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });

  test('A3 fairness: nobody is passed by one who came later by more than the longest head start', () => {
    const longest = Math.max(...Object.values(usualRules.headStartSeconds)) * 1000;
    const later = now + (usualRules.familiarSeconds + usualRules.sameSeatSeconds) * 1000;
    fc.assert(
      fc.property(anyContacts, anySeats, (contacts, seats) => {
        // At a time when nobody is waited for any more, so that only the order counts.
        const { pairs } = pairUp(contacts, seats, later, usualRules);
        for (const passed of contacts.filter((one) => !pairs.some((pair) => pair.contact === one))) {
          for (const pair of pairs.filter((one) => canTake(one.seat, passed))) {
            expect(pair.contact.since).toBeLessThanOrEqual(passed.since + longest);
            expect(countsFrom(pair.contact, usualRules.headStartSeconds)).toBeLessThanOrEqual(
              countsFrom(passed, usualRules.headStartSeconds),
            );
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
