import { expect, test } from 'vitest';
import { erlangC } from './erlang-c.ts';

test('A3 Erlang C: one seat is the M/M/1 queue, whose wait is known in closed form', () => {
  for (const load of [0.2, 0.5, 0.9]) {
    expect(erlangC(load, 1, 60).waits).toBeCloseTo(load, 12);
    expect(erlangC(load, 1, 60).meanWaitSeconds).toBeCloseTo((60 * load) / (1 - load), 9);
  }
});

test('A3 Erlang C: two seats, closed form a² / (2 + a)', () => {
  for (const load of [0.3, 1, 1.7]) expect(erlangC(load, 2, 60).waits).toBeCloseTo(load ** 2 / (2 + load), 12);
});

/** Examples that textbooks and planners' handbooks work through by hand. */
test('A3 Erlang C: 360 calls in half an hour, 4 minutes each, 55 agents', () => {
  const { waits, meanWaitSeconds, answeredWithin } = erlangC(48, 55, 240);
  expect(waits).toBeCloseTo(0.239, 3);
  expect(meanWaitSeconds).toBeCloseTo(8.18, 2);
  expect(answeredWithin(15)).toBeCloseTo(0.846, 3);
});

test('A3 Erlang C: 200 calls in an hour, 3 minutes each, 14 agents', () => {
  const { waits, meanWaitSeconds, answeredWithin } = erlangC(10, 14, 180);
  expect(waits).toBeCloseTo(0.174, 3);
  expect(meanWaitSeconds).toBeCloseTo(7.8, 1);
  expect(answeredWithin(20)).toBeCloseTo(0.888, 3);
});

test('A3 Erlang C: more load than seats waits for ever', () => {
  expect(erlangC(20, 20, 300)).toMatchObject({ waits: 1, meanWaitSeconds: Number.POSITIVE_INFINITY });
});
