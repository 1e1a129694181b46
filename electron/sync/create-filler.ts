import type { Result } from '../../domain/result.ts';
import type { ApiFailure } from './api.ts';
import { backOffMs } from './back-off.ts';
import type { ExchangeParts } from './exchange-parts.ts';
import { fillCache } from './fill-cache.ts';
import { forgiveDisk } from './trouble.ts';

/** Fills the cache beside everything else; after a break it goes on where it was, by itself. */
export interface Filler {
  /** The centre can be reached, and there is something to fill; one under way is left alone. */
  readonly begin: (how: 'anew' | 'go-on') => void;
  /** When the stretch under way began, by the desk's clock, and what was there then; undefined: none is. */
  readonly stretch: () => { readonly at: number; readonly done: number } | undefined;
  readonly stop: () => Promise<void>;
}

export const createFiller = (parts: {
  readonly exchange: ExchangeParts;
  readonly random: () => number;
  readonly onLot: () => void;
  readonly onEnded: (result: Result<undefined, ApiFailure> | { readonly ok: false; readonly error: unknown }) => void;
}): Filler => {
  const { disk, now } = parts.exchange;
  let running: Promise<void> | undefined;
  let stretch: { readonly at: number; readonly done: number } | undefined;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const run = async (anew: boolean): Promise<void> => {
    stretch = { at: now(), done: anew ? 0 : (disk.write((store) => store.state()).fill?.done ?? 0) };
    const result = await fillCache({
      ...parts.exchange,
      anew,
      onLot: parts.onLot,
      // A stopped desk leaves the rest for the next time.
      pause: () => new Promise((resolve, reject) => setImmediate(() => (stopped ? reject(new Stopped()) : resolve()))),
    });
    if (result.ok) failures = 0;
    else tryAgain(anew && disk.write((store) => store.state()).fill === null);
    if (!stopped) parts.onEnded(result);
  };

  const tryAgain = (anew: boolean): void => {
    failures += 1;
    if (stopped) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        begin(anew);
      },
      backOffMs(failures, parts.random),
    );
  };
  const begin = (anew: boolean): void => {
    // One that has failed waits its time, whoever asks meanwhile.
    if (stopped || running || timer) return;
    running = run(anew)
      .catch((error: unknown) => {
        if (error instanceof Stopped) return;
        forgiveDisk(error);
        tryAgain(anew);
        if (!stopped) parts.onEnded({ ok: false, error });
      })
      .finally(() => {
        running = undefined;
        stretch = undefined;
      });
  };

  return {
    begin: (how) => begin(how === 'anew'),
    stretch: () => stretch,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
};

class Stopped extends Error {}
