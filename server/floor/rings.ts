import type { Language } from '../../domain/access/language.ts';
import type { ChannelId, TelephonyPort } from '../telephony/port.ts';
import type { Seats } from './seats.ts';

export interface RingRequest {
  readonly seat: string;
  /** Who the seat's telephone shows: a telephone number, or a colleague's staff number. */
  readonly callerId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly language: Language;
  /** The seat talks on this channel now. */
  readonly onAnswered: (leg: ChannelId) => void;
  /** The seat refused, did not answer or could not be reached. */
  readonly onFailed: (sipStatus: number) => void;
}

/** Telephones of seats that ring. */
export interface Rings {
  /** Undefined where the seat has no telephone registered. */
  readonly ring: (request: RingRequest) => ChannelId | undefined;
  /** Stops a ringing nobody asks for any more: the seat is as it was. */
  readonly withdraw: (leg: ChannelId) => void;
  readonly isRinging: (seat: string) => boolean;
  /** The seat went away: what rings there has failed. */
  readonly dropSeat: (seat: string) => void;
  /** News of a channel; those of others are passed over. */
  readonly answered: (channel: ChannelId) => void;
  /** Whether the channel was one that rang. */
  readonly ended: (channel: ChannelId, sipStatus: number | null) => boolean;
}

const temporarilyUnavailable = 480;

export const createRings = (port: TelephonyPort, seats: Seats, ringMs: number): Rings => {
  const ringing = new Map<ChannelId, RingRequest>();

  const fail = (leg: ChannelId, request: RingRequest, sipStatus: number) => {
    ringing.delete(leg);
    // RONA: a seat that was offered a call and did not take it is not offered the next one.
    seats.happen(request.seat, 'miss');
    request.onFailed(sipStatus);
  };

  return {
    ring: (request) => {
      const { seat, callerId, headers, language } = request;
      const leg = port.originate({ seat, callerId, headers, ringMs, language });
      if (!leg) {
        seats.unregistered(seat);
        return undefined;
      }
      ringing.set(leg, request);
      seats.happen(seat, 'ring');
      return leg;
    },
    withdraw: (leg) => {
      const request = ringing.get(leg);
      if (!request) return;
      ringing.delete(leg);
      port.hangUp(leg, 'normal');
      seats.happen(request.seat, 'withdraw');
    },
    isRinging: (seat) => [...ringing.values()].some((request) => request.seat === seat),
    dropSeat: (seat) => {
      for (const [leg, request] of [...ringing]) {
        if (request.seat !== seat) continue;
        fail(leg, request, temporarilyUnavailable);
        port.hangUp(leg, 'normal');
      }
    },
    answered: (channel) => {
      const request = ringing.get(channel);
      if (!request) return;
      ringing.delete(channel);
      seats.legUp(request.seat, channel);
      request.onAnswered(channel);
    },
    ended: (channel, sipStatus) => {
      const request = ringing.get(channel);
      if (!request) return false;
      fail(channel, request, sipStatus ?? temporarilyUnavailable);
      return true;
    },
  };
};
