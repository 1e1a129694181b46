import { pickSeat } from './pick-seat.ts';
import { canTake, type RoutableSeat } from './routable.ts';
import { type HeadStartSeconds, inLine, type WaitingContact } from './waiting-line.ts';

export interface RoutingRules {
  readonly headStartSeconds: HeadStartSeconds;
  /** How long a contact waits for the agent who knows it while that agent is busy. */
  readonly familiarSeconds: number;
  /** How long the seat that did not answer is not offered the same contact again. */
  readonly sameSeatSeconds: number;
}

export const usualRules: RoutingRules = {
  headStartSeconds: { normal: 0, 'key-account': 120, restored: 600 },
  familiarSeconds: 10,
  sameSeatSeconds: 60,
};

export interface Pair<Contact, Seat> {
  readonly contact: Contact;
  readonly seat: Seat;
}

export interface Pairing<Contact, Seat> {
  readonly pairs: readonly Pair<Contact, Seat>[];
  /** Server time in ms at which a contact stops waiting for a certain seat; null where none does. */
  readonly lookAgainAt: number | null;
}

/**
 * Who is given to whom now (A3, A10). In the order of the line each contact gets, of the idle seats
 * with its skills: the agent who knows it; else a senior agent for a key account; a seat of few skills
 * before one of many, who may be the only one for the next to come; an agent before a clerk in
 * reserve; the longest idle. A talk that is handed on to a role gets the longest idle seat of that role.
 *
 * The agent who knows the contact is waited for while busy, and the seat that did not answer it is
 * passed over while others are at work: both for a time only, so that neither keeps anybody waiting for good.
 */
export const pairUp = <Contact extends WaitingContact, Seat extends RoutableSeat>(
  contacts: readonly Contact[],
  seats: readonly Seat[],
  now: number,
  rules: RoutingRules,
): Pairing<Contact, Seat> => {
  const idle = new Set(seats.filter((seat) => seat.phase === 'ready'));
  const pairs: Pair<Contact, Seat>[] = [];
  let lookAgainAt: number | null = null;
  const waitUntil = (at: number) => {
    lookAgainAt = lookAgainAt === null ? at : Math.min(lookAgainAt, at);
  };

  for (const contact of inLine(contacts, rules.headStartSeconds)) {
    const able = [...idle].filter((seat) => canTake(seat, contact));
    if (able.length === 0) continue;
    const passedOverUntil = passedOver(contact, seats, now, rules);
    const offered = able.filter((seat) => passedOverUntil === null || seat.staffNumber !== contact.missed?.seat);
    if (passedOverUntil !== null && offered.length === 0) {
      waitUntil(passedOverUntil);
      continue;
    }
    const familiar = offered.find((seat) => seat.staffNumber === contact.familiar);
    const heldUntil = familiar ? null : heldForFamiliar(contact, seats, now, rules);
    if (heldUntil !== null) {
      waitUntil(heldUntil);
      continue;
    }
    const seat = familiar ?? choose(contact, offered);
    if (!seat) continue;
    idle.delete(seat);
    pairs.push({ contact, seat });
  }
  return { pairs, lookAgainAt };
};

/** Until when the seat that missed this contact is not offered it again; null where it may be now. */
const passedOver = (
  contact: WaitingContact,
  seats: readonly RoutableSeat[],
  now: number,
  rules: RoutingRules,
): number | null => {
  const { missed } = contact;
  if (!missed) return null;
  const until = missed.at + rules.sameSeatSeconds * 1000;
  const othersAtWork = seats.some((seat) => seat.staffNumber !== missed.seat && atWork(seat) && canTake(seat, contact));
  return othersAtWork && until > now ? until : null;
};

/** Until when a contact waits for the agent who knows it, who is busy now; null where it does not. */
const heldForFamiliar = (
  contact: WaitingContact,
  seats: readonly RoutableSeat[],
  now: number,
  rules: RoutingRules,
): number | null => {
  const until = contact.since + rules.familiarSeconds * 1000;
  if (contact.familiar === undefined || until <= now || contact.missed?.seat === contact.familiar) return null;
  const agent = seats.find((seat) => seat.staffNumber === contact.familiar);
  return agent && agent.phase !== 'ready' && atWork(agent) && canTake(agent, contact) ? until : null;
};

/** A seat on a break may stay there for long. */
const atWork = (seat: RoutableSeat): boolean => seat.phase !== 'off' && seat.phase !== 'break';

const choose = <Seat extends RoutableSeat>(contact: WaitingContact, able: readonly Seat[]): Seat | undefined => {
  if (contact.role !== undefined) return pickSeat(able, contact);
  const fewest = Math.min(...able.map(skills));
  const wishes: readonly ((seat: Seat) => boolean)[] = [
    (seat) => contact.priority !== 'key-account' || seat.senior,
    (seat) => skills(seat) === fewest,
    (seat) => seat.duty === 'calls',
  ];
  // A wish that nobody left fulfils is dropped, the next one still counts.
  const fitting = wishes.reduce((left, wish) => {
    const those = left.filter(wish);
    return those.length > 0 ? those : left;
  }, able);
  return pickSeat(fitting, contact);
};

/** Kinds of contacts the seat can take. */
const skills = ({ languages, services }: RoutableSeat): number => languages.length * services.length;
