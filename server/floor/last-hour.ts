import type { LastHour } from '../../domain/routing/expected-wait.ts';
import type { Clock } from './parts.ts';

/** Calls answered and ended within the last hour, as far back as the start of the floor. */
export interface Ledger {
  readonly answered: (seat: string) => void;
  /** The seat's wrap-up is over; nothing where it answered no caller before. */
  readonly freed: (seat: string) => void;
  readonly read: () => LastHour;
}

const hourMs = 3_600_000;

export const createLedger = (clock: Clock): Ledger => {
  const openedAt = clock();
  const busySince = new Map<string, number>();
  let answers: number[] = [];
  let ended: { readonly at: number; readonly seconds: number }[] = [];

  return {
    answered: (seat) => {
      busySince.set(seat, clock());
      answers.push(clock());
    },
    freed: (seat) => {
      const since = busySince.get(seat);
      if (since === undefined) return;
      busySince.delete(seat);
      ended.push({ at: clock(), seconds: (clock() - since) / 1000 });
    },
    read: () => {
      const from = clock() - hourMs;
      answers = answers.filter((at) => at > from);
      ended = ended.filter(({ at }) => at > from);
      return {
        observedSeconds: (clock() - Math.max(openedAt, from)) / 1000,
        answered: answers.length,
        handlingSeconds: ended.map(({ seconds }) => seconds),
      };
    },
  };
};
