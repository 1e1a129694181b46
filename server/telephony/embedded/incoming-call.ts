import type { ChannelId, HangUpCause, TelephonyEvent } from '../port.ts';
import { answerInvite } from './answer-invite.ts';
import type { ProvenGuest } from './authenticator.ts';
import type { Call, CallParts, EndCause } from './call.ts';
import { dialogOfIncoming } from './dialog.ts';
import type { Flow } from './flow.ts';
import type { MediaEngine, MediaLeg } from './media/media-leg.ts';
import { hasSdp, openSession, type Session, statusOfRefusal } from './session.ts';
import type { SipRequest } from './sip-message.ts';

/** What a channel that was never answered is refused with (port.ts). */
const refusals: Record<HangUpCause, number> = {
  normal: 480,
  busy: 486,
  'no-answer': 480,
  failure: 503,
  'not-found': 404,
  'not-allowed': 403,
};

/** Nobody rings longer: proxies give up after three minutes (section 16.6). */
const maxRingMs = 180_000;

/**
 * A call that came in, from a trunk, from the web or from a seat that dials:
 *
 *   offered ── SDP dealt with ──▶ ringing ── answer ──▶ answered ── BYE ──▶ ended
 *      └────── refused, CANCEL, hang-up ──┴──────────────────────────────────▲
 *
 * `arrival` is told once it rings. undefined where there is no room: the caller was told.
 */
export const receiveCall = (given: {
  readonly parts: CallParts;
  readonly media: MediaEngine;
  readonly invite: SipRequest;
  readonly flow: Flow;
  readonly channel: ChannelId;
  readonly seat: string | undefined;
  readonly guest: ProvenGuest | undefined;
  /** Our user part in Contact: the number dialled. */
  readonly user: string;
  readonly arrival: TelephonyEvent;
}): Call | undefined => {
  const { parts, media, invite, flow, channel, seat, guest } = given;
  const localTag = parts.newToken();
  const dialog = dialogOfIncoming(invite, localTag);
  if (!dialog) {
    parts.layer.replyOnce(invite, flow, { status: 400 });
    return undefined;
  }
  let leg: MediaLeg | undefined;
  let session: Session | undefined;
  let ended = false;
  let arrived = false;
  let lastFlow = flow;
  /** Answer to the caller's offer; undefined where the offer is to be ours. */
  let prepared: string | undefined;

  const end = (cause: EndCause, sipStatus: number | null): void => {
    if (ended) return;
    ended = true;
    cancelRinging();
    session?.close();
    leg?.close();
    parts.journal.forget(channel);
    if (arrived) parts.emit({ type: 'channel.ended', channel, cause, sipStatus });
    parts.onEnded(call);
  };

  const answer = answerInvite({
    layer: parts.layer,
    invite,
    flow,
    localTag,
    contact: `<${parts.contactFor(flow, given.user)}>`,
    after: parts.after,
    onCancelled: () => end('cancelled', 487),
    onUnacknowledged: () => {
      parts.log.warn({ channel, seat }, 'The answer to a call was never acknowledged');
      call.hangUp('failure');
    },
  });
  if (!answer) return undefined;
  const cancelRinging = parts.after(maxRingMs, () => {
    answer.refuse({ status: 480 });
    end('no-answer', 480);
  });

  const refuse = (status: number): void => {
    answer.refuse({ status });
    end('failure', status);
  };

  const begin = async (): Promise<void> => {
    const opened = await media.openLeg(flow.transport === 'ws' ? 'webrtc' : 'rtp');
    if (!opened.ok) return refuse(503);
    if (ended) return opened.value.close();
    leg = opened.value;
    if (hasSdp(invite)) {
      const sdp = await leg.acceptOffer(invite.body);
      if (ended) return;
      if (!sdp.ok) return refuse(statusOfRefusal(sdp.error));
      prepared = sdp.value;
    }
    arrived = true;
    answer.ring();
    parts.emit(given.arrival);
  };
  begin().catch((error: unknown) => {
    parts.log.error({ channel, err: error }, 'A call could not be taken');
    refuse(500);
  });

  /** Calls of seats and guests end with the connection they came over; an offer of ours is not known yet. */
  const save = (answered: string): void => {
    if (seat !== undefined || guest || prepared === undefined) return;
    parts.journal.keep(channel, {
      channel,
      user: given.user,
      caller: given.arrival.type === 'channel.arrived' ? given.arrival.caller : '',
      remote: { address: flow.remoteAddress, port: flow.remotePort },
      dialog: { ...dialog, routeSet: [...dialog.routeSet] },
      offer: invite.body,
      answer: answered,
    });
  };

  const call: Call = {
    channel,
    callId: invite.callId,
    localTag,
    seat,
    guest: guest && { proven: guest, speaksOver: (from) => from === lastFlow },
    leg: () => leg,
    remoteTag: () => dialog.remoteTag,
    answer: async () => {
      if (ended || session || !leg) return false;
      const offer = prepared ?? (await leg.createOffer());
      if (ended || answer.state() !== 'open') return false;
      cancelRinging();
      answer.accept(offer);
      session = openSession({ parts, call, dialog, flow, leg, user: given.user, onEnded: end });
      save(offer);
      return true;
    },
    hangUp: (cause) => {
      if (ended) return;
      if (session) session.hangUp(cause);
      else answer.refuse({ status: refusals[cause] });
      answer.stop();
      end(cause, session ? null : refusals[cause]);
    },
    receive: (request, from) => {
      lastFlow = from;
      if (session) session.receive(request, from);
      // Section 15: a caller may end an early dialog by BYE as well.
      else if (request.method === 'BYE') endEarly(request, from);
      else parts.layer.replyOnce(request, from, { status: request.method === 'INVITE' ? 491 : 481 });
    },
    acknowledged: (ack) => {
      if (!answer.acknowledged()) return session?.acknowledged(ack);
      if (prepared !== undefined || !leg) return;
      leg.acceptAnswer(ack.body).then(
        (answered) => {
          if (!answered.ok) call.hangUp('failure');
        },
        (error: unknown) => parts.log.error({ channel, err: error }, 'An answer in an ACK failed'),
      );
    },
    flowLost: (lost) => {
      if (session) session.flowLost(lost);
      else if (lost === flow) end('cancelled', null);
    },
    drop: () => {
      ended = true;
      answer.stop();
      cancelRinging();
      session?.close();
      leg?.close();
    },
  };
  const endEarly = (bye: SipRequest, from: Flow): void => {
    parts.layer.replyOnce(bye, from, { status: 200 });
    answer.refuse({ status: 487 });
    end('cancelled', 487);
  };
  return call;
};
