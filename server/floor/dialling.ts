import { sipHeaders } from '../../contract/sip-headers.ts';
import type { Language } from '../../domain/access/language.ts';
import type { ChannelId, HangUpCause, TelephonyPort } from '../telephony/port.ts';
import type { CallsOut } from './call-out.ts';
import type { Contact } from './contact.ts';
import type { Log } from './parts.ts';
import type { Rings } from './rings.ts';
import type { Reach, Seats } from './seats.ts';
import type { Talks } from './talks.ts';

/** Calls that seats make: to a colleague, for advice or before an attended transfer. */
export interface Dialling {
  readonly dialled: (leg: ChannelId, seat: string, target: string, hints: Readonly<Record<string, string>>) => void;
  /** Whether the channel was one of a call not yet through. */
  readonly ended: (channel: ChannelId) => boolean;
}

export interface DiallingParts {
  readonly port: TelephonyPort;
  readonly seats: Seats;
  readonly rings: Rings;
  readonly talks: Talks;
  /** A number nobody here has. */
  readonly onOutside: CallsOut['dialled'];
  readonly newId: () => string;
  readonly log: Log;
}

interface Dial {
  readonly seat: string;
  readonly leg: ChannelId;
  readonly target: string;
  /** The colleague's channel: it rings, or it has answered and waits for the one who dialled. */
  colleague: ChannelId;
  answered: boolean;
}

const refusals: Record<Exclude<Reach, 'free' | 'unknown'>, HangUpCause> = {
  unreachable: 'no-answer',
  busy: 'busy',
};

const causeOf = (sipStatus: number): HangUpCause => {
  if (sipStatus === 486 || sipStatus === 600 || sipStatus === 603) return 'busy';
  return sipStatus >= 500 ? 'failure' : 'no-answer';
};

export const createDialling = ({ port, seats, rings, talks, onOutside, newId, log }: DiallingParts): Dialling => {
  const dials = new Map<ChannelId, Dial>();

  const forget = (dial: Dial) => {
    dials.delete(dial.leg);
    seats.legDown(dial.seat, dial.leg);
  };

  const refuse = (dial: Dial, cause: HangUpCause) => {
    forget(dial);
    port.hangUp(dial.leg, cause);
  };

  const dropColleague = ({ colleague, answered, target }: Dial) => {
    if (!answered) return rings.withdraw(colleague);
    port.hangUp(colleague, 'normal');
    seats.legDown(target, colleague);
  };

  const connect = async (dial: Dial, contact: Contact) => {
    const answered = await port.answer(dial.leg);
    if (dials.get(dial.leg) !== dial) return;
    if (!answered) {
      forget(dial);
      dropColleague(dial);
      return;
    }
    dials.delete(dial.leg);
    talks.open(contact, [
      { kind: 'seat', channel: dial.leg, seat: dial.seat },
      { kind: 'seat', channel: dial.colleague, seat: dial.target },
    ]);
  };

  /** Service and language are those of the call asked about, if there is one: it may be passed on with them. */
  const contactOf = (seat: string, language: Language): Contact => {
    const asked = seats
      .legsOf(seat)
      .map((leg) => talks.of(leg)?.contact)
      .find((contact) => contact !== undefined);
    const staffNumberAsCaller = /^\d+$/.test(seat) ? seat : '';
    return {
      contactId: newId(),
      caller: staffNumberAsCaller,
      service: asked?.service ?? '180',
      language: asked?.language ?? language,
      origin: asked?.origin ?? 'trunk',
    };
  };

  const reachOf = (seat: string, target: string): Reach =>
    target === seat || rings.isRinging(target) ? 'busy' : seats.reach(target);

  return {
    dialled: (leg, seat, target, hints) => {
      const ownReach = seats.reach(seat);
      if (ownReach === 'unknown' || ownReach === 'unreachable') return port.hangUp(leg, 'not-allowed');
      const reach = reachOf(seat, target);
      if (reach === 'unknown') return onOutside(leg, seat, target, hints);
      if (reach !== 'free') return port.hangUp(leg, refusals[reach]);

      const contact = contactOf(seat, seats.person(seat)?.languages[0] ?? 'zh');
      // Busy from now on: while the colleague rings no caller may be given to this seat.
      seats.legUp(seat, leg);
      const colleague = rings.ring({
        seat: target,
        callerId: seat,
        language: contact.language,
        // No more than the contact: hints of a service and a waiting time mark a caller out of the
        // queue, to whom the seat announces its staff number (A3).
        headers: { [sipHeaders.contactId]: contact.contactId },
        onAnswered: () => {
          dial.answered = true;
          connect(dial, contact).catch((error: unknown) =>
            log.error({ err: error, seat }, 'a call could not be joined'),
          );
        },
        onFailed: (sipStatus) => refuse(dial, causeOf(sipStatus)),
      });
      if (!colleague) {
        port.hangUp(leg, refusals.unreachable);
        seats.legDown(seat, leg);
        return;
      }
      const dial: Dial = { seat, leg, target, colleague, answered: false };
      dials.set(leg, dial);
    },
    ended: (channel) => {
      const dial = [...dials.values()].find(({ leg, colleague }) => leg === channel || colleague === channel);
      if (!dial) return false;
      if (channel === dial.leg) {
        forget(dial);
        dropColleague(dial);
      } else {
        seats.legDown(dial.target, dial.colleague);
        refuse(dial, 'no-answer');
      }
      return true;
    },
  };
};
