import type { ProvenSeat } from './authenticator.ts';
import type { Flow } from './flow.ts';
import type { After, Clock } from './parts.ts';
import { headerList, headerValue, type SipRequest } from './sip-message.ts';
import { fields, type Reply } from './sip-requests.ts';
import { parseNameAddress, parseSipUri } from './sip-uri.ts';

/** Where a seat's softphone is reached: one contact, over the connection that registered it. */
export interface Binding {
  readonly proven: ProvenSeat;
  readonly flow: Flow;
  readonly contact: string;
}

export interface Registrar {
  /** The answer to an authenticated REGISTER (RFC 3261 section 10.3, RFC 5626). */
  readonly register: (request: SipRequest, flow: Flow, proven: ProvenSeat) => Reply;
  readonly find: (seat: string) => Binding | undefined;
  readonly seatOn: (flow: Flow) => string | undefined;
  /** A closed connection unregisters the seat that registered over it (RFC 5626 section 5.2). */
  readonly flowLost: (flow: Flow) => void;
  readonly remove: (seat: string) => void;
  readonly close: () => void;
}

interface Entry extends Binding {
  readonly instance: string;
  readonly callId: string;
  readonly sequence: number;
  readonly endsAt: number;
  /** The contact as it was given, parameters included. */
  readonly given: string;
  readonly outbound: boolean;
  readonly cancelExpiry: () => void;
}

const minSeconds = 60;
const maxSeconds = 3_600;
const defaultSeconds = 600;
/** How often a softphone should ping (RFC 5626 section 4.4.1). */
const flowTimerSeconds = '120';

export const createRegistrar = (parts: {
  readonly clock: Clock;
  readonly after: After;
  readonly onRegistered: (seat: string) => void;
  readonly onUnregistered: (seat: string) => void;
}): Registrar => {
  const entries = new Map<string, Entry>();

  const remove = (seat: string): void => {
    const entry = entries.get(seat);
    if (!entry) return;
    entry.cancelExpiry();
    entries.delete(seat);
    parts.onUnregistered(seat);
  };

  const current = (seat: string): Reply => {
    const entry = entries.get(seat);
    if (!entry) return { status: 200 };
    const seconds = Math.max(0, Math.round((entry.endsAt - parts.clock()) / 1_000));
    return {
      status: 200,
      more: [
        { name: 'Contact', value: `${withoutExpires(entry.given)};expires=${seconds}` },
        ...(entry.outbound
          ? [
              { name: 'Require', value: 'outbound' },
              { name: 'Flow-Timer', value: flowTimerSeconds },
            ]
          : []),
      ],
    };
  };

  const bind = (request: SipRequest, flow: Flow, proven: ProvenSeat, given: string): Reply => {
    const address = parseNameAddress(given);
    if (!address.ok || !parseSipUri(address.value.uri).ok) return { status: 400 };
    const seconds = secondsAsked(address.value.params.get('expires') ?? headerValue(request.headers, 'Expires'));
    if (seconds === undefined) return { status: 400 };
    const known = entries.get(proven.seat);
    if (known && known.callId === request.callId && request.cseq.number <= known.sequence) return { status: 500 };
    const instance = address.value.params.get('+sip.instance') ?? '';
    if (seconds === 0) {
      // A desk that lost its place to a newer one must not sign the newer one out.
      if (known && (known.contact === address.value.uri || (instance !== '' && known.instance === instance)))
        remove(proven.seat);
      return current(proven.seat);
    }
    if (seconds < minSeconds) return { status: 423, more: [{ name: 'Min-Expires', value: String(minSeconds) }] };
    const granted = Math.min(seconds, maxSeconds);
    known?.cancelExpiry();
    entries.set(proven.seat, {
      proven,
      flow,
      contact: address.value.uri,
      instance,
      callId: request.callId,
      sequence: request.cseq.number,
      endsAt: parts.clock() + granted * 1_000,
      given,
      outbound: instance !== '' && address.value.params.has('reg-id'),
      cancelExpiry: parts.after(granted * 1_000, () => remove(proven.seat)),
    });
    if (!known) parts.onRegistered(proven.seat);
    return current(proven.seat);
  };

  return {
    register: (request, flow, proven) => {
      const contacts = headerList(request.headers, 'Contact');
      const [given] = contacts;
      if (given === undefined) return current(proven.seat);
      if (contacts.length > 1) return { status: 400, more: fields('Warning', ['399 zuoxi "one contact a seat"']) };
      if (given !== '*') return bind(request, flow, proven, given);
      if (headerValue(request.headers, 'Expires') !== '0') return { status: 400 };
      remove(proven.seat);
      return { status: 200 };
    },
    find: (seat) => entries.get(seat),
    seatOn: (flow) => [...entries.values()].find((entry) => entry.flow === flow)?.proven.seat,
    flowLost: (flow) => {
      for (const [seat, entry] of entries) if (entry.flow === flow) remove(seat);
    },
    remove,
    close: () => {
      for (const entry of entries.values()) entry.cancelExpiry();
      entries.clear();
    },
  };
};

const secondsAsked = (value: string | undefined): number | undefined => {
  if (value === undefined) return defaultSeconds;
  return /^\d{1,10}$/.test(value) ? Number(value) : undefined;
};

const withoutExpires = (contact: string): string => contact.replace(/;[ \t]*expires[ \t]*=[ \t]*\d*/gi, '');
