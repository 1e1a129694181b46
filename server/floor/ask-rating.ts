import type { ChannelId } from '../telephony/port.ts';
import type { Seats } from './seats.ts';
import { otherParty, type Talks } from './talks.ts';

/**
 * Q1: the seat leaves its talk with a caller, who stays on the line for the switch to ask. Who that is; undefined where
 * the seat has no such talk, or it is being handed on.
 */
export const askRating = (
  { seats, talks }: { readonly seats: Pick<Seats, 'legsOf'>; readonly talks: Talks },
  seat: string,
  contactId: string,
): ChannelId | undefined => {
  for (const leg of seats.legsOf(seat)) {
    const talk = talks.of(leg);
    if (talk?.contact.contactId !== contactId || talks.isSuspended(talk)) continue;
    const caller = otherParty(talk, leg);
    if (caller.kind !== 'caller') continue;
    const own = otherParty(talk, caller.channel);
    talks.close(talk);
    talks.release(own, 'hung-up');
    return caller.channel;
  }
  return undefined;
};
