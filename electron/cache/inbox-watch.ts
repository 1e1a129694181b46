import type { InboxCounts } from '../../contract/ipc.ts';

/** Tells the counts of the inboxes when they have changed; a burst of changes, as after a pull, is told once. */
export interface InboxWatch {
  /** Something may have changed: a form, or the time. */
  readonly look: () => void;
  readonly stop: () => void;
}

export const createInboxWatch = (parts: {
  readonly count: () => InboxCounts;
  readonly tell: (counts: InboxCounts) => void;
  readonly pauseMs?: number;
}): InboxWatch => {
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
