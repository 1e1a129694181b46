import type { SeatView } from '../../contract/live.ts';
import type { TransferAsked, TransferStep, TransferView } from '../../contract/transfer.ts';
import type { Language } from '../../domain/access/language.ts';
import type { Service } from '../../domain/access/services.ts';
import type { Role } from '../../domain/people/roles.ts';
import type { SeatPhase } from '../../domain/people/seat-state.ts';
import type { InboxLoad } from '../../domain/routing/blend.ts';

/** The agent who sits down at a seat, as the accounts know them. */
export interface SeatPerson {
  readonly staffNumber: string;
  readonly languages: readonly Language[];
  readonly roles: readonly Role[];
  /** Skills: the services the agent answers for (A3). */
  readonly services: readonly Service[];
}

/** What an agent does with the seat; all else the floor finds out from the calls. */
export type AgentEvent = 'make-ready' | 'pause' | 'wrap-up-over';

/** What desks are told of a transfer. */
export interface TransferNews {
  readonly seats: readonly string[];
  readonly transfer: TransferView;
}

/** Figures for the metrics page. */
export interface FloorFigures {
  readonly waiting: number;
  /** 0 where nobody waits. */
  readonly longestWaitSeconds: number;
  readonly seatsByPhase: Readonly<Record<SeatPhase, number>>;
  /** Callers who asked for an agent, since the start. */
  readonly offered: number;
  readonly answered: number;
  /** Callers who hung up before an agent answered. */
  readonly abandoned: number;
  /** Callers who took a callback or left a message instead (A5). */
  readonly overflowed: number;
}

/** The live seats and the queue of callers. */
export interface Floor {
  /**
   * A desk's live connection is up: a seat that was off takes a break first, a seat whose connection
   * came back within the time allowed goes on as it was. Call once a connection.
   */
  readonly seatSignedIn: (person: SeatPerson) => SeatView;
  /** That connection is lost: the seat keeps its phase for a while, its calls go on, no new one comes. */
  readonly seatLost: (staffNumber: string) => void;
  /** The agent signed out: the seat is off at once; a connection that stays up is still counted. */
  readonly seatSignedOut: (staffNumber: string) => void;
  readonly seatEvent: (staffNumber: string, event: AgentEvent) => void;
  /** The seat hands its talk on, together with the form (J1, J3, J4, S1, M1); news of it come by `onTransferChanged`. */
  readonly askTransfer: (staffNumber: string, asked: TransferAsked) => void;
  /** What a seat that the transfer is about does next; passed over where it comes late. */
  readonly stepTransfer: (staffNumber: string, step: TransferStep) => void;
  /** The transfer that the seat gives or receives now. */
  readonly transferOf: (staffNumber: string) => TransferView | undefined;
  /** Tells the named seats of every change; returns the function that stops it. */
  readonly onTransferChanged: (listener: (news: TransferNews) => void) => () => void;
  /** Q1: the seat is done, and its caller is asked by the switch how satisfied they are. */
  readonly askRating: (staffNumber: string, contactId: string) => void;
  /** Forms that wait in the clerks' inboxes: clerks take calls, or not, by it (A10). */
  readonly inboxesChanged: (load: InboxLoad) => void;
  readonly view: (staffNumber: string) => SeatView;
  /** Tells of every change of a seat; returns the function that stops it. */
  readonly onSeatChanged: (listener: (seat: SeatView) => void) => () => void;
  /** Tells how many callers wait, at every change; returns the function that stops it. */
  readonly onQueueChanged: (listener: (waiting: number) => void) => () => void;
  readonly waiting: () => number;
  readonly figures: () => FloorFigures;
  /** Hangs up every caller and stops every timer. */
  readonly stop: () => void;
}
