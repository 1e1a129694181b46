import type { SeatView } from '../../contract/live.ts';
import { nextSeatPhase, type SeatEvent, type SeatPhase } from '../../domain/people/seat-state.ts';
import type { Floor, TransferNews } from '../floor/floor.ts';

/** Seats that change phase and nothing more; tells what it was told. */
export interface QuietFloor extends Floor {
  readonly told: readonly string[];
  readonly setWaiting: (waiting: number) => void;
  readonly tellTransfer: (news: TransferNews) => void;
}

export const createQuietFloor = (): QuietFloor => {
  const phases = new Map<string, SeatPhase>();
  const told: string[] = [];
  const seatListeners = new Set<(seat: SeatView) => void>();
  const queueListeners = new Set<(waiting: number) => void>();
  const transferListeners = new Set<(news: TransferNews) => void>();
  let waitingNow = 0;
  const view = (staffNumber: string): SeatView => ({
    staffNumber,
    phase: phases.get(staffNumber) ?? 'off',
    since: 0,
    wrapUpEndsAt: null,
    notice: null,
  });
  const happen = (staffNumber: string, event: SeatEvent): SeatView => {
    told.push(`${staffNumber} ${event}`);
    phases.set(staffNumber, nextSeatPhase(view(staffNumber).phase, event));
    for (const listener of seatListeners) listener(view(staffNumber));
    return view(staffNumber);
  };
  return {
    told,
    setWaiting: (waiting) => {
      waitingNow = waiting;
      for (const listener of queueListeners) listener(waiting);
    },
    tellTransfer: (news) => {
      for (const listener of transferListeners) listener(news);
    },
    seatSignedIn: ({ staffNumber }) => happen(staffNumber, 'sign-in'),
    seatLost: (staffNumber) => void told.push(`${staffNumber} lost`),
    seatSignedOut: (staffNumber) => void happen(staffNumber, 'sign-out'),
    seatEvent: (staffNumber, event) => void happen(staffNumber, event),
    inboxesChanged: () => undefined,
    askTransfer: (staffNumber, { to }) => void told.push(`${staffNumber} transfer ${to}`),
    stepTransfer: (staffNumber, { step }) => void told.push(`${staffNumber} ${step}`),
    transferOf: () => undefined,
    onTransferChanged: (listener) => {
      transferListeners.add(listener);
      return () => void transferListeners.delete(listener);
    },
    askRating: (staffNumber, contactId) => void told.push(`${staffNumber} rating ${contactId}`),
    view,
    onSeatChanged: (listener) => {
      seatListeners.add(listener);
      return () => void seatListeners.delete(listener);
    },
    onQueueChanged: (listener) => {
      queueListeners.add(listener);
      return () => void queueListeners.delete(listener);
    },
    waiting: () => waitingNow,
    figures: () => ({
      waiting: waitingNow,
      longestWaitSeconds: 0,
      seatsByPhase: { off: 0, break: 0, ready: 0, ringing: 0, talking: 0, 'wrap-up': 0 },
      offered: 0,
      answered: 0,
      abandoned: 0,
      overflowed: 0,
    }),
    stop: () => undefined,
  };
};
