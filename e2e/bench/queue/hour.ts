import type { Service } from '../../../domain/access/services.ts';
import type { RoutableSeat, Wants } from '../../../domain/routing/routable.ts';

/** A caller of the simulated hour; who comes, and how long it takes, is the same for every way of routing. */
export interface SimulatedCaller extends Wants {
  readonly id: number;
  readonly arrivesAt: number;
  readonly keyAccount: boolean;
  readonly familiar: string | undefined;
  /** From the answer to the end of wrap-up. */
  readonly handlingMs: number;
  /** How long the seat rings before it answers. */
  readonly ringMs: number;
  /** The first seat that rings does not answer. */
  readonly missedOnce: boolean;
}

export interface Hour {
  readonly callers: readonly SimulatedCaller[];
  readonly seats: readonly RoutableSeat[];
}

export const hourMs = 3_600_000;
export const meanHandlingMs = 300_000;

/** Mulberry32: the same numbers for the same seed, on every machine. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const serviceShares: readonly (readonly [Service, number])[] = [
  ['180', 0.45],
  ['189', 0.3],
  ['114', 0.15],
  ['160', 0.1],
];

/** 20 seats: 16 agents of whom 5 speak English and 2 are senior, and 4 clerks in reserve; not everyone takes every service. */
export const twentySeats = (): readonly RoutableSeat[] =>
  Array.from({ length: 20 }, (_, index) => ({
    staffNumber: String(1001 + index),
    phase: 'ready' as const,
    readySince: -1_000 * (20 - index),
    languages: index % 4 === 1 ? (['zh', 'en'] as const) : (['zh'] as const),
    services: index % 3 === 0 ? (['180', '189'] as const) : (['180', '189', '114', '160'] as const),
    senior: index === 2 || index === 5,
    manager: false,
    duty: index >= 16 ? ('reserve' as const) : ('calls' as const),
  }));

/** 200 callers spread over an hour as they come: a Poisson process given its count, exponential handling. */
export const hourOf = (seed: number, count = 200): Hour => {
  const random = randomFrom(seed);
  const seats = twentySeats();
  const serviceOf = (at: number): Service => {
    let sum = 0;
    for (const [service, share] of serviceShares) {
      sum += share;
      if (at < sum) return service;
    }
    return '180';
  };
  const callers = Array.from({ length: count }, () => random() * hourMs)
    .sort((one, two) => one - two)
    .map(
      (arrivesAt, id): SimulatedCaller => ({
        id,
        arrivesAt,
        language: random() < 0.12 ? 'en' : 'zh',
        service: serviceOf(random()),
        keyAccount: random() < 0.05,
        familiar: random() < 0.1 ? seats[Math.floor(random() * 16)]?.staffNumber : undefined,
        handlingMs: Math.max(20_000, -meanHandlingMs * Math.log(1 - random())),
        ringMs: 2_000 + random() * 4_000,
        missedOnce: random() < 0.03,
      }),
    );
  return { callers, seats };
};
