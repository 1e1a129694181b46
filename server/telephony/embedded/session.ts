import type { HangUpCause } from '../port.ts';
import { answerInvite, type InviteAnswer, sdpType } from './answer-invite.ts';
import type { Call, CallParts, EndCause } from './call.ts';
import { digitOfInfo } from './caller-number.ts';
import { afterRequest, type Dialog, nextHop, requestInDialog, withTargetOf } from './dialog.ts';
import type { Flow } from './flow.ts';
import type { MediaLeg, SdpRefusal } from './media/media-leg.ts';
import { type HeaderField, headerValue, type SipRequest } from './sip-message.ts';
import { allowedMethods, knownMethods, makeResponse, type Reply } from './sip-requests.ts';
import { readRefer, reportTransfer } from './transfer.ts';

/** A call that was answered: its dialog, and what the two sides may still say in it. */
export interface Session {
  readonly dialog: () => Dialog;
  readonly receive: (request: SipRequest, flow: Flow) => void;
  readonly acknowledged: (ack: SipRequest) => void;
  /** BYE. */
  readonly hangUp: (cause: HangUpCause) => void;
  readonly flowLost: (flow: Flow) => void;
  /** Frees what it holds; says nothing to the peer. */
  readonly close: () => void;
}

export const statusOfRefusal = (refusal: SdpRefusal): number => {
  switch (refusal) {
    case 'malformed':
      return 400;
    case 'no-audio':
    case 'no-common-codec':
    case 'wrong-transport':
      return 488;
    case 'closed':
      return 487;
    default:
      return refusal satisfies never;
  }
};

/** Q.850 causes, for the peer's records (RFC 3326). */
const q850: Record<HangUpCause, number> = {
  normal: 16,
  busy: 17,
  'no-answer': 19,
  failure: 41,
  'not-found': 1,
  'not-allowed': 21,
};

/** Retry-After of a request that came while another one is under way (section 14.2). */
const retrySoon: readonly HeaderField[] = [{ name: 'Retry-After', value: '1' }];

export const openSession = (given: {
  readonly parts: CallParts;
  readonly call: Pick<Call, 'channel' | 'seat' | 'guest' | 'localTag'>;
  readonly dialog: Dialog;
  readonly flow: Flow;
  readonly leg: MediaLeg;
  /** Our user part in Contact. */
  readonly user: string;
  /** The call ended other than by `hangUp`. */
  readonly onEnded: (cause: EndCause, sipStatus: number | null) => void;
}): Session => {
  const { parts, leg } = given;
  const { channel, seat, guest } = given.call;
  let { dialog, flow } = given;
  let open = true;
  let held = leg.peerHolds;
  /** A re-INVITE not yet over; `offered`: ours was the offer, so that its ACK brings the answer. */
  let pending: { readonly answer: InviteAnswer; readonly offered: boolean } | undefined;
  let cancelSilence = (): void => undefined;
  let cancelUnreachable = (): void => undefined;

  /** Where requests go now: a seat may have come back over another connection (RFC 5626). */
  const wayOut = (): Flow => {
    if (seat !== undefined) return parts.flowOfSeat(seat) ?? flow;
    // Whatever address its Contact names: a guest is reached where it spoke from.
    if (guest) return flow;
    return parts.flowTo(nextHop(dialog)) ?? flow;
  };
  const contact = (): string => `<${parts.contactFor(flow, given.user)}>`;

  const send = (method: string, more: readonly HeaderField[], body: string): void => {
    parts.layer.request(
      wayOut(),
      (via) => {
        const next = requestInDialog(dialog, { method, via, more, body });
        dialog = next.dialog;
        return next.request;
      },
      (outcome) => {
        // Section 12.2.1.2: the peer knows nothing of the call, or is gone.
        const gone =
          outcome.type === 'response' && (outcome.response.status === 481 || outcome.response.status === 408);
        if (gone && method !== 'BYE') end('failure', outcome.response.status);
      },
    );
  };

  const end = (cause: EndCause, sipStatus: number | null): void => {
    if (!open) return;
    close();
    given.onEnded(cause, sipStatus);
  };
  const close = (): void => {
    open = false;
    pending?.answer.refuse({ status: 487 });
    pending?.answer.stop();
    cancelSilence();
    cancelUnreachable();
    stopListening();
  };
  const hangUp = (cause: HangUpCause): void => {
    if (!open) return;
    close();
    send('BYE', [{ name: 'Reason', value: `Q.850;cause=${q850[cause]}` }], '');
  };
  const giveUp = (message: string): void => {
    if (!open) return;
    parts.log.warn({ channel, seat }, message);
    hangUp('failure');
    given.onEnded('failure', null);
  };

  const stopListening = leg.onEvent((event) => {
    switch (event.type) {
      case 'digit':
        parts.emit({ type: 'channel.digit', channel, digit: event.digit, durationMs: event.durationMs });
        return;
      case 'connected':
        cancelSilence();
        return;
      case 'lost':
        cancelSilence();
        cancelSilence = parts.after(
          seat === undefined && !guest ? parts.patience.silentCallerMs : parts.patience.silentSeatMs,
          () => giveUp('Nothing was heard from a party for long: the call is ended'),
        );
        return;
      default:
        event satisfies never;
    }
  });

  const noteHold = (): void => {
    if (leg.peerHolds === held) return;
    held = leg.peerHolds;
    parts.emit({ type: held ? 'channel.held' : 'channel.resumed', channel });
  };

  const renegotiate = async (request: SipRequest, from: Flow): Promise<void> => {
    const answer = answerInvite({
      layer: parts.layer,
      invite: request,
      flow: from,
      localTag: given.call.localTag,
      contact: contact(),
      after: parts.after,
      onUnacknowledged: () => giveUp('An answer to a re-INVITE was never acknowledged'),
    });
    if (!answer) return;
    const offered = !hasSdp(request);
    pending = { answer, offered };
    const sdp = offered
      ? await leg.createOffer().then((value) => ({ ok: true as const, value }))
      : await leg.acceptOffer(request.body);
    if (!open || answer.state() !== 'open') return;
    if (!sdp.ok) return answer.refuse({ status: statusOfRefusal(sdp.error) });
    dialog = withTargetOf(dialog, request);
    answer.accept(sdp.value);
    noteHold();
  };

  const update = async (request: SipRequest, respond: (reply: Reply) => void): Promise<void> => {
    const refreshed: readonly HeaderField[] = [{ name: 'Contact', value: contact() }];
    if (!hasSdp(request)) {
      dialog = withTargetOf(dialog, request);
      return respond({ status: 200, more: refreshed });
    }
    // RFC 3311 section 5.2: an offer while another one is under way.
    if (pending && pending.answer.state() !== 'done') return respond({ status: 491 });
    const sdp = await leg.acceptOffer(request.body);
    if (!open) return respond({ status: 481 });
    if (!sdp.ok) return respond({ status: statusOfRefusal(sdp.error) });
    dialog = withTargetOf(dialog, request);
    respond({ status: 200, more: refreshed, body: { type: sdpType, text: sdp.value } });
    noteHold();
  };

  const info = (request: SipRequest): Reply => {
    if (request.body.trim() === '') return { status: 200 };
    const pressed = digitOfInfo(request);
    if (!pressed) return { status: 415, more: [{ name: 'Accept', value: 'application/dtmf-relay, application/dtmf' }] };
    parts.emit({ type: 'channel.digit', channel, ...pressed });
    return { status: 200 };
  };

  const refer = (request: SipRequest, respond: (reply: Reply) => void) => {
    // Only our own seats put calls through.
    if (seat === undefined) return respond({ status: 603 });
    const asked = readRefer(request, seat, parts.findConsultation);
    if (asked.type === 'refused') return respond(asked.reply);
    respond({ status: 202, more: [{ name: 'Contact', value: contact() }] });
    const transfer = reportTransfer(request, (more, body) => {
      if (open) send('NOTIFY', [{ name: 'Contact', value: contact() }, ...more], body);
    });
    if (asked.type === 'transfer')
      parts.emit({ type: 'channel.transfer-asked', channel, target: asked.target, transfer });
    else parts.emit({ type: 'channel.join-asked', channel, consultation: asked.consultation, transfer });
  };

  const receive = (request: SipRequest, from: Flow) => {
    const next = afterRequest(dialog, request);
    if (!next) return parts.layer.replyOnce(request, from, { status: 500 });
    dialog = next;
    if (from.transport === 'ws') {
      flow = from;
      cancelUnreachable();
    }
    if (request.method === 'INVITE') {
      if (pending && pending.answer.state() !== 'done')
        return parts.layer.replyOnce(request, from, { status: 500, more: retrySoon });
      renegotiate(request, from).catch((error: unknown) =>
        parts.log.error({ channel, err: error }, 'A re-INVITE failed'),
      );
      return;
    }
    const transaction = parts.layer.accept(request, from);
    if (!transaction) return;
    const respond = (reply: Reply): void => transaction.respond(makeResponse(request, given.call.localTag, reply));
    switch (request.method) {
      case 'BYE':
        respond({ status: 200 });
        return end('normal', null);
      case 'UPDATE':
        update(request, respond).catch((error: unknown) =>
          parts.log.error({ channel, err: error }, 'An UPDATE failed'),
        );
        return;
      case 'INFO':
        return respond(info(request));
      case 'OPTIONS':
        return respond({
          status: 200,
          more: [
            { name: 'Allow', value: allowedMethods },
            { name: 'Accept', value: sdpType },
          ],
        });
      case 'REFER':
        return refer(request, respond);
      case 'NOTIFY':
        // We subscribe to nothing (RFC 6665 section 4.1.3).
        return respond({ status: 481 });
      default:
        return respond(refuseMethod(request.method));
    }
  };

  return {
    dialog: () => dialog,
    receive,
    acknowledged: (ack) => {
      if (!pending?.answer.acknowledged() || !pending.offered) return;
      leg.acceptAnswer(ack.body).then(
        (answered) => {
          if (!open) return;
          if (answered.ok) noteHold();
          else giveUp('The answer in an ACK could not be used');
        },
        (error: unknown) => parts.log.error({ channel, err: error }, 'An answer in an ACK failed'),
      );
    },
    hangUp,
    flowLost: (lost) => {
      if (!open || lost !== flow) return;
      // Sound goes on without signalling; a desk that comes back finds its call (RFC 5626).
      cancelUnreachable = parts.after(parts.patience.unreachableSeatMs, () => {
        if (seat === undefined || !parts.flowOfSeat(seat)) giveUp('A party did not come back: its call is ended');
      });
    },
    close: () => {
      if (open) close();
    },
  };
};

export const hasSdp = (request: SipRequest): boolean =>
  request.body !== '' && headerValue(request.headers, 'Content-Type')?.split(';')[0]?.trim().toLowerCase() === sdpType;

export const refuseMethod = (method: string): Reply =>
  knownMethods.has(method) ? { status: 405, more: [{ name: 'Allow', value: allowedMethods }] } : { status: 501 };
