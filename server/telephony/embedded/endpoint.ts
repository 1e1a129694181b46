import { sipHeaders } from '../../../contract/sip-headers.ts';
import type { ChannelId } from '../port.ts';
import { sdpType } from './answer-invite.ts';
import type { Authenticator, Proven, ProvenGuest } from './authenticator.ts';
import type { Call, CallParts } from './call.ts';
import { callerNumber, dialledNumber } from './caller-number.ts';
import type { Flow } from './flow.ts';
import { receiveCall } from './incoming-call.ts';
import type { MediaEngine } from './media/media-leg.ts';
import type { Clock } from './parts.ts';
import type { Registrar } from './registrar.ts';
import { refuseMethod } from './session.ts';
import { headerList, headerValue, type SipRequest } from './sip-message.ts';
import { allowedMethods, fields, type Reply } from './sip-requests.ts';
import type { TransactionLayer } from './transaction-layer.ts';

/** The calls that are up, found by channel and by dialog. */
export interface CallBook {
  readonly add: (call: Call) => void;
  readonly remove: (call: Call) => void;
  readonly byChannel: (channel: ChannelId) => Call | undefined;
  readonly byDialog: (callId: string, localTag: string) => Call | undefined;
  readonly hasCallId: (callId: string) => boolean;
  readonly all: () => readonly Call[];
}

export const createCallBook = (): CallBook => {
  const channels = new Map<ChannelId, Call>();
  /** Call-ID, then our tag: one Call-ID may come with several tags, if rarely. */
  const dialogs = new Map<string, Map<string, Call>>();
  return {
    add: (call) => {
      channels.set(call.channel, call);
      const tags = dialogs.get(call.callId) ?? new Map<string, Call>();
      dialogs.set(call.callId, tags.set(call.localTag, call));
    },
    remove: (call) => {
      channels.delete(call.channel);
      const tags = dialogs.get(call.callId);
      tags?.delete(call.localTag);
      if (tags?.size === 0) dialogs.delete(call.callId);
    },
    byChannel: (channel) => channels.get(channel),
    byDialog: (callId, localTag) => dialogs.get(callId)?.get(localTag),
    hasCallId: (callId) => dialogs.has(callId),
    all: () => [...channels.values()],
  };
};

/** Extensions a peer may require of us (section 8.2.2.3). */
const supported = new Set(['replaces', 'outbound', 'path']);
const maxHops = 70;

/** Calls at once from the public page, of all its callers and of one source. */
export interface GuestLimits {
  readonly calls: number;
  readonly callsOfOneSource: number;
}

const isPartyOf = (call: Call, party: Proven): boolean =>
  party.kind === 'seat' ? party.seat === call.seat : party.username === call.guest?.proven.username;

const hintsOf = (request: SipRequest): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.values(sipHeaders).flatMap((name) => {
      const value = headerValue(request.headers, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** Decides what becomes of each request that no transaction knows: who may, in which call, or what instead. */
export const createEndpoint = (given: {
  readonly layer: TransactionLayer;
  readonly calls: CallBook;
  readonly callParts: CallParts;
  readonly media: MediaEngine;
  readonly authenticator: Authenticator;
  readonly registrar: Registrar;
  readonly isTrunk: (address: string) => boolean;
  readonly newChannel: () => ChannelId;
  readonly maxCalls: number;
  readonly clock: Clock;
  readonly guestLimits: GuestLimits;
}): ((request: SipRequest, flow: Flow) => void) => {
  const { layer, calls, registrar } = given;
  const reply = (request: SipRequest, flow: Flow, answer: Reply): void => layer.replyOnce(request, flow, answer);

  const inDialog = (request: SipRequest, flow: Flow, call: Call) => {
    const remoteTag = call.remoteTag();
    if (remoteTag !== undefined && remoteTag !== request.from.params.get('tag'))
      return reply(request, flow, { status: 481 });
    // Callers of a trunk speak from the trunk only, all others never from it.
    const isTrunkCall = call.seat === undefined && !call.guest;
    if (isTrunkCall !== (flow.transport === 'udp')) return reply(request, flow, { status: 481 });
    // A connection that registered the seat, or made the guest's call, has proved who it is; another one has to.
    const known = isTrunkCall || (call.guest ? call.guest.speaksOver(flow) : registrar.seatOn(flow) === call.seat);
    if (!known && request.method !== 'ACK') {
      const proven = given.authenticator.prove(request, flow);
      if (!proven.ok) return reply(request, flow, proven.error);
      if (!isPartyOf(call, proven.value)) return reply(request, flow, { status: 403 });
    }
    if (request.method === 'ACK') call.acknowledged(request);
    else call.receive(request, flow);
  };

  const register = (request: SipRequest, flow: Flow) => {
    // Softphones register over their WebSocket; phones on UDP are callers, not seats.
    if (flow.transport !== 'ws') return reply(request, flow, { status: 405, more: fields('Allow', [allowedMethods]) });
    const proven = given.authenticator.prove(request, flow);
    if (!proven.ok) return reply(request, flow, proven.error);
    if (proven.value.kind === 'guest') return reply(request, flow, { status: 403 });
    reply(request, flow, registrar.register(request, flow, proven.value));
  };

  const refusalOfGuest = (guest: ProvenGuest, dialled: string): Reply | undefined => {
    if (dialled !== guest.dials || given.clock() >= guest.mayCallUntil) return { status: 403 };
    const others = calls.all().flatMap((call) => call.guest?.proven ?? []);
    if (others.length >= given.guestLimits.calls) return { status: 503, more: fields('Retry-After', ['30']) };
    const isBusy =
      others.some(({ username }) => username === guest.username) ||
      others.filter(({ source }) => source === guest.source).length >= given.guestLimits.callsOfOneSource;
    return isBusy ? { status: 486 } : undefined;
  };

  const invite = (request: SipRequest, flow: Flow) => {
    const again = calls
      .all()
      .some((call) => call.callId === request.callId && call.remoteTag() === request.from.params.get('tag'));
    // Section 8.2.2.2: the same request by another way.
    if (again) return reply(request, flow, { status: 482 });
    const proven = flow.transport === 'ws' ? given.authenticator.prove(request, flow) : undefined;
    if (proven && !proven.ok) return reply(request, flow, proven.error);
    const dialled = dialledNumber(request.uri);
    if (dialled === undefined) return reply(request, flow, { status: /^sips?:/i.test(request.uri) ? 404 : 416 });
    if (
      request.body !== '' &&
      headerValue(request.headers, 'Content-Type')?.split(';')[0]?.trim().toLowerCase() !== sdpType
    ) {
      return reply(request, flow, { status: 415, more: fields('Accept', [sdpType]) });
    }
    if (calls.all().length >= given.maxCalls)
      return reply(request, flow, { status: 503, more: fields('Retry-After', ['10']) });
    const party = proven?.value;
    const guest = party?.kind === 'guest' ? party : undefined;
    const seat = party?.kind === 'seat' ? party.seat : undefined;
    const refusal = guest && refusalOfGuest(guest, dialled);
    if (refusal) return reply(request, flow, refusal);
    const channel = given.newChannel();
    const call = receiveCall({
      parts: given.callParts,
      media: given.media,
      invite: request,
      flow,
      channel,
      seat,
      guest,
      user: dialled,
      arrival:
        seat !== undefined
          ? { type: 'channel.dialled', channel, seat, target: dialled, hints: hintsOf(request) }
          : guest
            ? // What a browser says of its number is worth nothing.
              { type: 'channel.arrived', channel, caller: '', dialled, origin: 'web' }
            : { type: 'channel.arrived', channel, caller: callerNumber(request), dialled, origin: 'trunk' },
    });
    if (call) calls.add(call);
  };

  return (request, flow) => {
    if (flow.transport === 'udp' && !given.isTrunk(flow.remoteAddress)) return;
    const toTag = request.to.params.get('tag');
    const call = toTag === undefined ? undefined : calls.byDialog(request.callId, toTag);
    if (call) return inDialog(request, flow, call);
    if (request.method === 'ACK') return;
    const hops = headerValue(request.headers, 'Max-Forwards') ?? String(maxHops);
    if (!/^\d{1,3}$/.test(hops)) return reply(request, flow, { status: 400 });
    if (hops === '0' && request.method !== 'OPTIONS') return reply(request, flow, { status: 483 });
    if (toTag !== undefined) return reply(request, flow, { status: 481 });
    const unsupported = headerList(request.headers, 'Require').filter((option) => !supported.has(option.toLowerCase()));
    if (unsupported.length > 0) return reply(request, flow, { status: 420, more: fields('Unsupported', unsupported) });
    switch (request.method) {
      case 'INVITE':
        return invite(request, flow);
      case 'REGISTER':
        return register(request, flow);
      case 'OPTIONS':
        return reply(request, flow, {
          status: 200,
          more: [...fields('Allow', [allowedMethods]), ...fields('Accept', [sdpType])],
        });
      case 'BYE':
      case 'INFO':
      case 'UPDATE':
      case 'NOTIFY':
      case 'REFER':
        return reply(request, flow, { status: request.method === 'REFER' ? 603 : 481 });
      default:
        return reply(request, flow, refuseMethod(request.method));
    }
  };
};
