import { expect, test } from 'vitest';
import { DigitReceiver, DigitSender } from './telephone-event.ts';

const packet = (code: number, duration: number, end = false): Uint8Array =>
  Uint8Array.of(code, end ? 0x8a : 0x0a, duration >> 8, duration & 0xff);

const receiver = () => {
  const told: [string, number][] = [];
  return { told, digits: new DigitReceiver((digit, durationMs) => told.push([digit, durationMs])) };
};

test('RFC 4733 2.5.1.2: three end packets are one press', () => {
  const { told, digits } = receiver();
  for (const duration of [160, 320, 480]) digits.receive(1, 1_000, packet(5, duration));
  for (let i = 0; i < 3; i++) digits.receive(1, 1_000, packet(5, 640, true));
  expect(told).toEqual([['5', 80]]);
});

test('the same key twice is two presses, late packets of the first are none', () => {
  const { told, digits } = receiver();
  digits.receive(1, 1_000, packet(5, 640, true));
  digits.receive(1, 3_000, packet(5, 640, true));
  digits.receive(1, 1_000, packet(5, 640, true));
  expect(told).toHaveLength(2);
});

test('an event whose ends are lost is told by the next one, or after a while', () => {
  const { told, digits } = receiver();
  digits.receive(1, 1_000, packet(1, 480));
  digits.receive(1, 4_000, packet(2, 480));
  expect(told).toEqual([['1', 60]]);
  for (let i = 0; i < 20; i++) digits.tick();
  expect(told).toEqual([
    ['1', 60],
    ['2', 60],
  ]);
});

test('RFC 4733 2.5.1.3: a key held beyond eight seconds is one press', () => {
  const { told, digits } = receiver();
  digits.receive(1, 0xffff_f000, packet(11, 0xffff));
  digits.receive(1, (0xffff_f000 + 0xffff) >>> 0, packet(11, 800, true));
  expect(told).toEqual([['#', Math.round((0xffff + 800) / 8)]]);
});

test('flash, tones, unknown events and short packets are passed over', () => {
  const { told, digits } = receiver();
  for (const code of [16, 32, 255]) digits.receive(1, code, packet(code, 640, true));
  digits.receive(1, 9, Uint8Array.of(5, 0x8a));
  digits.receive(1, 10, new Uint8Array(0));
  expect(told).toEqual([]);
});

test('what the sender sends, the receiver reads', () => {
  const { told, digits } = receiver();
  const sender = new DigitSender();
  for (const digit of '1*d') sender.press(digit, 100);
  sender.press('x', 100);
  sender.press('12', 100);
  const out = Buffer.alloc(4);
  for (let frame = 0; frame < 60; frame++) {
    const sent = sender.next(frame * 160, out, 0);
    if (sent) digits.receive(1, sent.timestamp, out);
  }
  expect(told).toEqual([
    ['1', 100],
    ['*', 100],
    ['D', 100],
  ]);
});
