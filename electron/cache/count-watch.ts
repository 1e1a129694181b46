/** Tells counts when they have changed; a burst of changes, as after a pull, is told once. */
export interface CountWatch {
  /** Something may have changed: a form, or the time. */
  readonly look: () => void;
  readonly stop: () => void;
}

export const createCountWatch = <Counts>(parts: {
  readonly count: () => Counts;
  readonly tell: (counts: Counts) => void;
  readonly pauseMs?: number;
}): CountWatch => {
  let told = '';
  let timer: NodeJS.Timeout | undefined;
  return {
    look: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        const counts = parts.count();
        const now = JSON.stringify(counts);
        if (now === told) return;
        told = now;
        parts.tell(counts);
      }, parts.pauseMs ?? 100);
    },
    stop: () => clearTimeout(timer),
  };
};
