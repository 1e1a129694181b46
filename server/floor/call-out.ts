import { dialHints, sipHeaders } from '../../contract/sip-headers.ts';
import type { Language } from '../../domain/access/language.ts';
import { callOutPrompts } from '../../domain/announcement/call-out.ts';
import { mayDo } from '../../domain/people/roles.ts';
import type { ChannelId, HangUpCause, PlaybackId, TelephonyEvent, TelephonyPort } from '../telephony/port.ts';
import type { Contact } from './contact.ts';
import type { FloorSettings, Log } from './parts.ts';
import type { Seats } from './seats.ts';
import type { Talks } from './talks.ts';

/**
 * Calls that seats make to numbers outside (A6, A9).
 *
 *   dialled ── checked ──▶ ringing ── answered ──▶ announcing ── played ──▶ talk
 *      │ refused              │ refused, no answer     │ customer or seat gone
 *      ▼                      ▼                        ▼
 *     told                  told                     ended
 *
 * The customer hears who calls before the two are joined; the seat hears by its own INVITE how it
 * went: 486 busy, 480 no answer, 404 no such number, 403 not allowed, 503 no line.
 */
export interface CallsOut {
  /** A seat dialled what is nobody's staff number. */
  readonly dialled: (leg: ChannelId, seat: string, number: string, hints: Readonly<Record<string, string>>) => void;
  readonly answered: (channel: ChannelId) => void;
  readonly played: (playback: PlaybackId) => void;
  /** Whether the channel was one of a call not yet through. */
  readonly ended: (event: Extract<TelephonyEvent, { type: 'channel.ended' }>) => boolean;
}

/** What the forms say of a callback: whether this seat may ring that number for it now. */
export interface CallbackClaim {
  readonly by: string | undefined;
  readonly number: string;
  readonly language: Language;
}

export interface CallsOutParts {
  readonly port: TelephonyPort;
  readonly seats: Seats;
  readonly talks: Talks;
  readonly log: Log;
  readonly isRinging: (seat: string) => boolean;
  readonly newId: () => string;
  readonly settings: Pick<FloorSettings, 'hotlineNumber' | 'callOutRingSeconds'>;
  readonly isStaffNumber: (number: string) => Promise<boolean>;
  readonly findCallback: (form: string) => Promise<CallbackClaim | undefined>;
}

interface CallOut {
  readonly seat: string;
  readonly leg: ChannelId;
  contact: Contact;
  readonly form: string | undefined;
  customer: ChannelId | undefined;
  announcement: PlaybackId | undefined;
}

const outsideNumber = /^\+?\d{3,20}$/;

const causes: Partial<Record<Extract<TelephonyEvent, { type: 'channel.ended' }>['cause'], HangUpCause>> = {
  busy: 'busy',
  // The one who is called pressed the red button: for the one who rings that is the same as busy.
  declined: 'busy',
  'no-answer': 'no-answer',
  'not-found': 'not-found',
};

export const createCallsOut = (parts: CallsOutParts): CallsOut => {
  const { port, seats, talks, log } = parts;
  const calls = new Map<ChannelId, CallOut>();
  const find = (is: (call: CallOut) => boolean) => [...calls.values()].find(is);

  const forget = (call: CallOut) => {
    calls.delete(call.leg);
    seats.legDown(call.seat, call.leg);
  };
  const refuse = (call: CallOut, cause: HangUpCause) => {
    forget(call);
    port.hangUp(call.leg, cause);
  };

  /** Why the seat may not ring this number, or the language in which the customer is told who calls. */
  const check = async (call: CallOut): Promise<HangUpCause | Language> => {
    const { seat, form, contact } = call;
    const person = seats.person(seat);
    if (!person || !mayDo(person.roles, 'call.out')) return 'not-allowed';
    if (await parts.isStaffNumber(contact.caller)) return 'not-found';
    if (form === undefined) return contact.language;
    const claim = await parts.findCallback(form);
    return claim?.by === seat && claim.number === contact.caller ? claim.language : 'not-allowed';
  };

  const begin = async (call: CallOut) => {
    const checked = await check(call);
    if (calls.get(call.leg) !== call) return;
    if (checked !== 'zh' && checked !== 'en') return refuse(call, checked);
    // A caller was given to this seat meanwhile.
    if (parts.isRinging(call.seat)) return refuse(call, 'busy');
    // One customer may have asked twice, or a claim may just have changed hands: never two telephones at once.
    if (find((other) => other !== call && other.customer !== undefined && other.contact.caller === call.contact.caller))
      return refuse(call, 'busy');
    call.contact = { ...call.contact, language: checked };
    // Busy from now on: no caller may be given to this seat while it rings outside.
    seats.legUp(call.seat, call.leg);
    call.customer = port.callOut({
      number: call.contact.caller,
      callerId: parts.settings.hotlineNumber,
      ringMs: parts.settings.callOutRingSeconds * 1000,
    });
    if (!call.customer) return refuse(call, 'failure');
    log.info({ contact: call.contact.contactId, seat: call.seat, number: call.contact.caller }, 'a number is rung');
  };

  const join = (call: CallOut) => {
    const { customer } = call;
    if (!customer) return;
    calls.delete(call.leg);
    talks.open(call.contact, [
      { kind: 'called', channel: customer },
      { kind: 'seat', channel: call.leg, seat: call.seat },
    ]);
  };

  const connect = async (call: CallOut, customer: ChannelId) => {
    const up = await port.answer(call.leg);
    if (calls.get(call.leg) !== call) return;
    if (!up) {
      forget(call);
      return port.hangUp(customer, 'normal');
    }
    const prompts = callOutPrompts(parts.settings.hotlineNumber, call.contact.language).filter(port.hasPrompt);
    if (prompts.length === 0) return join(call);
    call.announcement = port.play(customer, prompts, 'once');
  };

  return {
    dialled: (leg, seat, number, given) => {
      const hints = dialHints.safeParse(given);
      if (!hints.success) return port.hangUp(leg, 'not-allowed');
      if (!port.canCallOut() || !outsideNumber.test(number)) return port.hangUp(leg, 'not-found');
      const call: CallOut = {
        seat,
        leg,
        form: hints.data[sipHeaders.callback],
        contact: {
          contactId: hints.data[sipHeaders.contactId] ?? parts.newId(),
          caller: number,
          service: '180',
          language: 'zh',
          origin: 'trunk',
        },
        customer: undefined,
        announcement: undefined,
      };
      calls.set(leg, call);
      begin(call).catch((error: unknown) => {
        log.error({ err: error, seat }, 'a call out could not be made');
        if (calls.has(leg)) refuse(call, 'failure');
      });
    },
    answered: (channel) => {
      const call = find(({ customer }) => customer === channel);
      if (!call) return;
      connect(call, channel).catch((error: unknown) =>
        log.error({ err: error, seat: call.seat }, 'a call out could not be joined'),
      );
    },
    played: (playback) => {
      const call = find(({ announcement }) => announcement === playback);
      if (call) join(call);
    },
    ended: ({ channel, cause }) => {
      const call = calls.get(channel) ?? find(({ customer }) => customer === channel);
      if (!call) return false;
      if (channel === call.leg) {
        forget(call);
        if (call.customer) port.hangUp(call.customer, 'normal');
      } else refuse(call, call.announcement ? 'normal' : (causes[cause] ?? 'failure'));
      return true;
    },
  };
};
