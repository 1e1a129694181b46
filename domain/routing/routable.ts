import type { Language } from '../access/language.ts';
import type { Service } from '../access/services.ts';
import type { SeatPhase } from '../people/seat-state.ts';
import type { TransferRole } from './warm-transfer.ts';

/** A seat with its desk connected and its telephone registered, as routing sees it. */
export interface RoutableSeat {
  readonly staffNumber: string;
  readonly phase: SeatPhase;
  /** Server time in ms at which the seat last became ready. */
  readonly readySince: number;
  readonly languages: readonly Language[];
  /** The services this seat answers for. */
  readonly services: readonly Service[];
  /** A senior agent: key accounts go there first (J1). */
  readonly senior: boolean;
  /** A seat of the manager hotline (M1). */
  readonly manager: boolean;
  /**
   * `calls`: an agent. `reserve`: a clerk whose own queue is short, who takes a call when no agent can.
   * `own-queue`: a clerk whose own queue is full (A10).
   */
  readonly duty: 'calls' | 'reserve' | 'own-queue';
}

/** What a contact asks of a seat. */
export interface Wants {
  readonly language: Language;
  readonly service: Service;
  /** Whom a talk is handed on to (J1, J3, S1): then the role decides, and the service no more. */
  readonly role?: TransferRole | undefined;
}

/** Whether the seat's skills are those wanted, whatever it does at the moment. */
export const canTake = (
  seat: Pick<RoutableSeat, 'languages' | 'services' | 'duty' | TransferRole>,
  { language, service, role }: Wants,
): boolean =>
  seat.duty !== 'own-queue' &&
  seat.languages.includes(language) &&
  (role === undefined ? seat.services.includes(service) : seat[role]);
