import { expect, test } from 'vitest';
import { services } from '../../domain/access/services.ts';
import { usualBlend } from '../../domain/routing/blend.ts';
import { usualRules } from '../../domain/routing/pair-up.ts';
import { createLedger } from './last-hour.ts';
import { createOutlook, type QueueOutlook } from './outlook.ts';
import type { Waiting } from './queue.ts';
import { createCallerQueue } from './queue.ts';
import { ScriptedTime } from './scripted-switch.ts';
import { createSeats, type Seats } from './seats.ts';

const open = (): {
  time: ScriptedTime;
  seats: Seats;
  outlook: QueueOutlook;
  ledger: ReturnType<typeof createLedger>;
  join: (channel: string, language?: 'zh' | 'en') => Waiting['channel'];
} => {
  const time = new ScriptedTime();
  const queue = createCallerQueue(time.clock, usualRules.headStartSeconds);
  const seats = createSeats({
    clock: time.clock,
    timers: time,
    settings: { wrapUpSeconds: 30, lostSeatSeconds: 30, blend: usualBlend },
    onTelephoneLost: () => undefined,
  });
  const ledger = createLedger(time.clock);
  const join = (id: string, language: 'zh' | 'en' = 'zh') => {
    const channel = id as Waiting['channel'];
    const contact = { contactId: id, caller: '', service: '180', language, origin: 'trunk' } as const;
    queue.join({ channel, contact, place: 'last' });
    return channel;
  };
  return { time, seats, ledger, join, outlook: createOutlook({ queue, seats, lastHour: ledger.read }) };
};

const sitDown = (seats: Seats, staffNumber: string, languages: readonly ('zh' | 'en')[] = ['zh']) => {
  seats.signedIn({ staffNumber, languages, roles: ['junior-agent'], services });
  seats.registered(staffNumber);
  seats.happen(staffNumber, 'make-ready');
};

test('A5 whether seats are free, busy or not there, told with every change', () => {
  const { seats, outlook } = open();
  const told: string[] = [];
  const stop = outlook.onChanged(() => told.push(outlook.seatsFor({ language: 'zh', service: '180' })));
  expect(outlook.seatsFor({ language: 'zh', service: '180' })).toBe('none');
  sitDown(seats, '1001');
  expect(told.at(-1)).toBe('free');
  expect(outlook.seatsFor({ language: 'en', service: '180' })).toBe('none');
  seats.happen('1001', 'ring');
  expect(told.at(-1)).toBe('busy');
  seats.happen('1001', 'sign-out');
  expect(told.at(-1)).toBe('none');
  stop();
  const before = told.length;
  sitDown(seats, '1002');
  expect(told).toHaveLength(before);
});

test('A3 a place counts those ahead who want the same seats; its wait comes from the last hour', () => {
  const { seats, outlook, ledger, time, join } = open();
  sitDown(seats, '1001');
  sitDown(seats, '1002');
  sitDown(seats, '2001', ['en']);
  const first = join('a');
  const other = join('b', 'en');
  const second = join('c');
  expect(outlook.place(first)).toEqual({ position: 1, expectedWaitSeconds: null });
  expect(outlook.place(second)?.position).toBe(2);
  expect(outlook.place(other)?.position).toBe(1);
  for (let call = 0; call < 5; call += 1) {
    ledger.answered('1001');
    time.pass(100);
    ledger.freed('1001');
    ledger.freed('1001');
  }
  expect(outlook.place(second)).toEqual({ position: 2, expectedWaitSeconds: 100 });
  expect(outlook.place('nobody' as Waiting['channel'])).toBeUndefined();
  time.pass(3_601);
  expect(ledger.read()).toEqual({ observedSeconds: 3_600, answered: 0, handlingSeconds: [] });
});
