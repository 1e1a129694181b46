import { type BlendRules, usualBlend } from '../../domain/routing/blend.ts';
import { type RoutingRules, usualRules } from '../../domain/routing/pair-up.ts';

/** Parts the composition root hands in, so that tests own time and chance. */

/** Server time in ms since the epoch. */
export type Clock = () => number;

/** Runs something later; returns the function that calls it off. */
export interface Timers {
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** The part of pino's logger used here. */
export interface Log {
  readonly info: (facts: object, message: string) => void;
  readonly warn: (facts: object, message: string) => void;
  readonly error: (facts: object, message: string) => void;
}

export interface FloorSettings {
  readonly wrapUpSeconds: number;
  /** How long a seat may ring before the call goes on to another (RONA). */
  readonly ringSeconds: number;
  /** How long a seat keeps its phase, and its calls, while its live connection or its registration is lost. */
  readonly lostSeatSeconds: number;
  /** How long a menu waits for a key after its prompt (A2). */
  readonly keySeconds: number;
  readonly routing: RoutingRules;
  readonly blend: BlendRules;
  /** Shown to customers who are called, and said to them. */
  readonly hotlineNumber: string;
  /** How long a customer's telephone rings. */
  readonly callOutRingSeconds: number;
}

export const defaultFloorSettings: FloorSettings = {
  wrapUpSeconds: 30,
  ringSeconds: 20,
  lostSeatSeconds: 30,
  keySeconds: 6,
  routing: usualRules,
  blend: usualBlend,
  hotlineNumber: '1000',
  callOutRingSeconds: 45,
};
