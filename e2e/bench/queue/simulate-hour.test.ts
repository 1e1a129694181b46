import { describe, expect, test } from 'vitest';
import { canTake } from '../../../domain/routing/routable.ts';
import { meanOf } from './figures.ts';
import { hourOf } from './hour.ts';
import { plainFifo, simulateHour, smartQueue } from './simulate-hour.ts';
import { compare, seeds } from './table.ts';

describe('A3 an hour of 200 callers and 20 seats, fifty times', () => {
  const fifo = compare(plainFifo);
  const smart = compare(smartQueue);

  test('A3 everybody is answered, once, by a seat with the skill', () => {
    for (const routing of [plainFifo, smartQueue]) {
      const hour = hourOf(7);
      const answered = simulateHour(hour, routing);
      expect(new Set(answered.map(({ caller }) => caller.id)).size).toBe(200);
      expect(answered).toHaveLength(200);
      for (const { caller, seat } of answered) {
        const by = hour.seats.find(({ staffNumber }) => staffNumber === seat);
        expect(by && canTake(by, caller)).toBe(true);
      }
    }
    for (const { all } of [fifo, smart]) expect(all.every(({ answered }) => answered === 200)).toBe(true);
  });

  test('A3 nobody starves: none is passed by one who came later than priorities allow', () => {
    expect(smart.passedOver).toBe(0);
  });

  test('A3 the longest wait is on average not worse than with plain longest-idle FIFO, nor is the share in 20 s', () => {
    const means = ['longestWaitSeconds', 'meanWaitSeconds', 'longestKeyAccountSeconds'] as const;
    for (const name of means) expect(meanOf(smart.all, name)).toBeLessThanOrEqual(meanOf(fifo.all, name));
    expect(meanOf(smart.all, 'answeredIn20s')).toBeGreaterThanOrEqual(meanOf(fifo.all, 'answeredIn20s'));
    expect(meanOf(smart.all, 'toFamiliarAgent')).toBeGreaterThan(2 * meanOf(fifo.all, 'toFamiliarAgent'));
  });

  test('the same seed gives the same hour', () => {
    expect(hourOf(3)).toEqual(hourOf(3));
    expect(new Set(seeds.map((seed) => hourOf(seed).callers[0]?.arrivesAt)).size).toBe(seeds.length);
  });
});
