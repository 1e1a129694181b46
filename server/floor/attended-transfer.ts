import type { ChannelId, TransferHandle } from '../telephony/port.ts';
import { otherParty, type Talks } from './talks.ts';

/**
 * A seat that has spoken to a colleague joins the caller and the colleague, and leaves both calls
 * (RFC 5589 section 7, REFER with Replaces). 481 where they are not two calls of that seat.
 */
export const joinTalks = (talks: Talks, leg: ChannelId, consultation: ChannelId, handle: TransferHandle): void => {
  const first = talks.of(leg);
  const second = talks.of(consultation);
  if (!first || !second || first === second || talks.isSuspended(first) || talks.isSuspended(second)) {
    handle.report(481);
    return;
  }
  const far = otherParty(first, leg);
  const farther = otherParty(second, consultation);
  const near = otherParty(first, far.channel);
  const nearer = otherParty(second, farther.channel);
  if (near.kind !== 'seat' || nearer.kind !== 'seat' || near.seat !== nearer.seat) {
    handle.report(481);
    return;
  }

  talks.close(first);
  talks.close(second);
  // The call with a customer in it is the contact; the consultation was about it.
  const contact = farther.kind === 'seat' ? first.contact : second.contact;
  talks.open(contact, [far, farther]);
  handle.report(200);
  talks.release(near, 'hung-up');
  talks.release(nearer, 'hung-up');
};
