import type { Contact } from '../floor/contact.ts';
import type { QueueOutlook } from '../floor/outlook.ts';
import type { Timers } from '../floor/parts.ts';

/**
 * Tells once when all seats for a contact have been busy for a time (A5); a seat that is free meanwhile starts the
 * time anew. Returns the function that stops it.
 */
export const watchSeats = (
  parts: { readonly outlook: Pick<QueueOutlook, 'seatsFor' | 'onChanged'>; readonly timers: Timers },
  contact: Contact,
  busyMs: number,
  onAllBusy: () => void,
): (() => void) => {
  let stopTimer: (() => void) | undefined;
  const stop = (): void => {
    stopTimer?.();
    stopTimer = undefined;
    stopListening();
  };
  const look = (): void => {
    if (parts.outlook.seatsFor(contact) === 'free') {
      stopTimer?.();
      stopTimer = undefined;
      return;
    }
    stopTimer ??= parts.timers.after(busyMs, () => {
      stop();
      onAllBusy();
    });
  };
  const stopListening = parts.outlook.onChanged(look);
  look();
  return stop;
};
