import type { Service } from './services.ts';

/** Settings of the way in that decide what a caller hears; those of time stand with whoever keeps the clock. */
export interface AccessRules {
  /** Silences and wrong keys that a menu puts up with. */
  readonly failuresAllowed: number;
  /** A6, 112: entries of a number. 170: pairs of number and password. */
  readonly entriesAllowed: number;
  /** How often a number or an amount is read again when the caller asks for it. */
  readonly repeatsAllowed: number;
  /** Services whose calls are recorded: their callers are told so before they queue. */
  readonly recordedServices: readonly Service[];
  /** Q1: whether callers whom an agent wants asked are asked how satisfied they are. */
  readonly asksRating: boolean;
}

export const usualAccessRules: AccessRules = {
  failuresAllowed: 3,
  entriesAllowed: 3,
  repeatsAllowed: 2,
  recordedServices: [],
  asksRating: true,
};
