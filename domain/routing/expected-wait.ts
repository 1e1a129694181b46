/** What the last hour says about how fast callers are answered. */
export interface LastHour {
  /** Length of what was observed in seconds: shorter than an hour after a start. */
  readonly observedSeconds: number;
  readonly answered: number;
  /** From answer to the end of wrap-up, of each call that ended within the hour. */
  readonly handlingSeconds: readonly number[];
}

/** Fewer calls say more about those calls than about the next one. */
const enoughCalls = 5;

/**
 * Seconds until a caller at this place (1: the next) is answered, or null where nothing is known yet.
 * While callers wait, every seat frees itself once a handling time: `seats` of them take
 * `seats / mean handling time` callers a second. Before enough calls have ended the rate of answers
 * stands in, which is too low in calm hours: the wait told is then rather too long.
 */
export const expectedWaitSeconds = (place: number, seats: number, lastHour: LastHour): number | null => {
  const rate = answersPerSecond(seats, lastHour);
  return rate > 0 ? Math.round(place / rate) : null;
};

const answersPerSecond = (seats: number, { observedSeconds, answered, handlingSeconds }: LastHour): number => {
  if (seats === 0) return 0;
  const handled = handlingSeconds.reduce((sum, seconds) => sum + seconds, 0);
  if (handlingSeconds.length >= enoughCalls && handled > 0) return (seats * handlingSeconds.length) / handled;
  return observedSeconds > 0 ? answered / observedSeconds : 0;
};
