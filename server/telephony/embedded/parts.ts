/** Parts the composition root hands in, so that tests own time, chance and the log. */

/** Time in ms since the epoch. */
export type Clock = () => number;

/** Runs something later; returns the function that calls it off. */
export type After = (delayMs: number, run: () => void) => () => void;

/** The part of pino's logger used here. */
export interface Log {
  readonly info: (facts: object, message: string) => void;
  readonly warn: (facts: object, message: string) => void;
  readonly error: (facts: object, message: string) => void;
}

/** Tokens nobody can guess: tags, branches, Call-IDs. */
export type NewToken = () => string;
