/** Work on the cache that is done in lots, in the pauses of everything else. */
export interface LotWork {
  /** There may be something to do; while a lot is to come nothing is begun. */
  readonly look: () => void;
  readonly stop: () => void;
}

/** `doLot` answers whether there is more to do; where it throws, the next look tries again. */
export const inLots = (parts: {
  readonly doLot: () => boolean;
  readonly onTrouble: (error: unknown) => void;
  readonly pauseMs?: number;
}): LotWork => {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const later = (ms: number): void => {
    if (!stopped) timer ??= setTimeout(work, ms);
  };
  const work = (): void => {
    timer = undefined;
    try {
      if (parts.doLot()) later(parts.pauseMs ?? 2);
    } catch (error) {
      parts.onTrouble(error);
    }
  };
  return {
    look: () => later(0),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
};
