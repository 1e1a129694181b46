/**
 * Erlang C: callers who come at random, whose calls last exponentially long, and who wait as long as
 * it takes for one of `seats` equal seats. Planning figures to hold a queue against.
 */
export interface ErlangC {
  /** Probability that a caller has to wait at all; 1 where the load is more than the seats can carry. */
  readonly waits: number;
  /** Mean wait of all callers in seconds. */
  readonly meanWaitSeconds: number;
  /** Share answered within the seconds given. */
  readonly answeredWithin: (seconds: number) => number;
}

/** `erlangs`: calls per second times handling seconds. */
export const erlangC = (erlangs: number, seats: number, handlingSeconds: number): ErlangC => {
  if (erlangs >= seats) return { waits: 1, meanWaitSeconds: Number.POSITIVE_INFINITY, answeredWithin: () => 0 };
  // Erlang B by its recursion, which does not overflow as the factorials would.
  let blocked = 1;
  for (let lines = 1; lines <= seats; lines += 1) blocked = (erlangs * blocked) / (lines + erlangs * blocked);
  const waits = blocked / (1 - (erlangs / seats) * (1 - blocked));
  const freedPerSecond = (seats - erlangs) / handlingSeconds;
  return {
    waits,
    meanWaitSeconds: waits / freedPerSecond,
    answeredWithin: (seconds) => 1 - waits * Math.exp(-seconds * freedPerSecond),
  };
};
