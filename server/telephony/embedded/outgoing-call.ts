import type { ChannelId, HangUpCause } from '../port.ts';
import { sdpType } from './answer-invite.ts';
import type { Call, CallParts, EndCause } from './call.ts';
import { ackInDialog, dialogOfOutgoing, requestInDialog } from './dialog.ts';
import { type DigestAccount, digestAnswer } from './digest-answer.ts';
import type { Flow } from './flow.ts';
import type { LegKind, MediaEngine, MediaLeg } from './media/media-leg.ts';
import { openSession, type Session } from './session.ts';
import type { HeaderField, SipResponse } from './sip-message.ts';
import { allowedMethods, fields, makeCancel, makeRequest } from './sip-requests.ts';
import { t1Ms } from './transaction-tables.ts';
import type { ClientOutcome, ClientTransaction } from './transactions.ts';

/** What a refused INVITE means for the channel. */
const causeOf = (status: number): EndCause => {
  if (status === 486 || status === 600) return 'busy';
  if (status === 408 || status === 480 || status === 487) return 'no-answer';
  if (status === 603) return 'declined';
  // No such number, no such number any more, not all of its digits, nowhere at all.
  return [404, 410, 484, 604].includes(status) ? 'not-found' : 'failure';
};

/** Whom an INVITE goes to, and how: a seat's softphone or a number beyond a trunk. */
export interface Called {
  readonly flow: Flow;
  readonly uri: string;
  /** Whole From, without its tag, and whole To. */
  readonly from: string;
  readonly to: string;
  /** Our user part in Contact. */
  readonly user: string;
  readonly seat: string | undefined;
  readonly kind: LegKind;
  readonly headers: readonly HeaderField[];
  readonly ringMs: number;
  /** Answers the challenge of a trunk that wants one. */
  readonly account: DigestAccount | undefined;
}

/** RFC 3326. */
const noAnswer = fields('Reason', ['SIP;cause=480;text="No answer"']);

/**
 * A call to a seat's softphone, or out over a trunk:
 *
 *   offering ── INVITE ──▶ calling ── 180 ──▶ ringing ── 200, ACK ──▶ answered ── BYE ──▶ ended
 *       └──── hang-up, ring time over: CANCEL; refused; connection lost ──┴───────────────▲
 */
export const placeCall = (given: {
  readonly parts: CallParts;
  readonly media: MediaEngine;
  readonly channel: ChannelId;
  readonly called: Called;
}): Call => {
  const { parts, media, channel, called } = given;
  const { flow, seat, user } = called;
  const localTag = parts.newToken();
  const callId = parts.newToken();
  let leg: MediaLeg | undefined;
  let session: Session | undefined;
  let transaction: ClientTransaction | undefined;
  let provisional = false;
  let ringing = false;
  let answered = false;
  let ended = false;
  /** A seat that let it ring too long is told so: its agent missed the call, no caller gave up. */
  let rangTooLong = false;
  let challenged = false;
  /** Sends the ACK again for a repeated 200. */
  let acknowledgeAgain: (() => void) | undefined;

  const end = (cause: EndCause, sipStatus: number | null): void => {
    if (ended) return;
    ended = true;
    cancelRinging();
    session?.close();
    leg?.close();
    parts.emit({ type: 'channel.ended', channel, cause, sipStatus });
    parts.onEnded(call);
  };

  const sendCancel = (): void => {
    if (!transaction) return;
    parts.layer.cancel(flow, makeCancel(transaction.request, rangTooLong ? noAnswer : []));
    // Section 9.1: whoever answers neither is not waited for.
    parts.after(64 * t1Ms, transaction.abandon);
  };
  /** Section 9.1: a CANCEL waits for the first sign of life. */
  const withdraw = (cause: EndCause): void => {
    if (provisional) sendCancel();
    end(cause, null);
  };
  const cancelRinging = parts.after(called.ringMs, () => {
    rangTooLong = true;
    withdraw('no-answer');
  });

  const invite = (sdp: string, sequence: number, credentials: readonly HeaderField[]): void => {
    transaction = parts.layer.request(
      flow,
      (via) =>
        makeRequest({
          method: 'INVITE',
          uri: called.uri,
          via,
          from: `${called.from};tag=${localTag}`,
          to: called.to,
          callId,
          cseq: sequence,
          more: [
            { name: 'Contact', value: `<${parts.contactFor(flow, user)}>` },
            { name: 'Allow', value: allowedMethods },
            { name: 'Supported', value: 'replaces' },
            ...called.headers,
            ...credentials,
            { name: 'Content-Type', value: sdpType },
          ],
          body: sdp,
        }),
      take,
    );
  };

  /** RFC 3261 section 22.2: once more with the answer, once only. Whether it was sent. */
  const answerChallenge = (response: SipResponse): boolean => {
    const asked = transaction?.request;
    if (ended || challenged || !called.account || !asked || ![401, 407].includes(response.status)) return false;
    const [challenge, header] =
      response.status === 407 ? ['proxy-authenticate', 'Proxy-Authorization'] : ['www-authenticate', 'Authorization'];
    // Not taken apart at commas: a challenge has commas of its own.
    const answer = response.headers
      .filter(({ name }) => name.toLowerCase() === challenge)
      .map(({ value }) =>
        digestAnswer(value, called.account, { method: 'INVITE', uri: called.uri, cnonce: parts.newToken() }),
      )
      .find((value) => value !== undefined);
    if (answer === undefined) return false;
    challenged = true;
    provisional = false;
    invite(asked.body, asked.cseq.number + 1, fields(header, [answer]));
    return true;
  };

  const take = (outcome: ClientOutcome) => {
    switch (outcome.type) {
      case 'timeout':
        return end('no-answer', 408);
      case 'transport-lost':
        return end('failure', null);
      case 'response':
        return takeResponse(outcome.response);
      default:
        outcome satisfies never;
    }
  };

  const takeResponse = (response: SipResponse) => {
    if (response.status < 200) {
      const first = !provisional;
      provisional = true;
      if (ended && first) sendCancel();
      if (!ended && !ringing && response.status > 100) {
        ringing = true;
        parts.emit({ type: 'channel.ringing', channel });
      }
    } else if (response.status < 300) takeAnswer(response);
    else if (!answerChallenge(response)) end(causeOf(response.status), response.status);
  };

  const takeAnswer = (response: SipResponse) => {
    if (acknowledgeAgain) return acknowledgeAgain();
    const dialog = transaction ? dialogOfOutgoing(transaction.request, response) : undefined;
    if (!dialog) return end('failure', response.status);
    acknowledgeAgain = parts.layer.acknowledge(flow, (via) => ackInDialog(dialog, dialog.localSequence, via));
    if (ended || !leg) {
      // The 200 crossed our CANCEL: the call is up and has to be ended (section 15).
      parts.layer.request(
        flow,
        (via) => requestInDialog(dialog, { method: 'BYE', via, more: [], body: '' }).request,
        () => undefined,
      );
      return;
    }
    cancelRinging();
    session = openSession({ parts, call, dialog, flow, leg, user, onEnded: end });
    leg.acceptAnswer(response.body).then(
      (result) => {
        if (ended) return;
        if (!result.ok) {
          parts.log.warn({ channel, seat, refusal: result.error }, 'The answer to a call of ours could not be used');
          return call.hangUp('failure');
        }
        answered = true;
        parts.emit({ type: 'channel.answered', channel });
      },
      (error: unknown) => {
        parts.log.error({ channel, err: error }, 'The answer to a call of ours failed');
        call.hangUp('failure');
      },
    );
  };

  const begin = async (): Promise<void> => {
    const opened = await media.openLeg(called.kind);
    if (!opened.ok) return end('failure', null);
    if (ended) return opened.value.close();
    leg = opened.value;
    const sdp = await leg.createOffer();
    if (!ended) invite(sdp, 1, []);
  };
  begin().catch((error: unknown) => {
    parts.log.error({ channel, err: error }, 'A call could not be made');
    end('failure', null);
  });

  const call: Call = {
    channel,
    callId,
    localTag,
    seat,
    guest: undefined,
    leg: () => (answered ? leg : undefined),
    remoteTag: () => session?.dialog().remoteTag,
    answer: () => Promise.resolve(false),
    hangUp: (cause: HangUpCause) => {
      if (ended) return;
      if (!session) return withdraw(cause);
      session.hangUp(cause);
      end(cause, null);
    },
    receive: (request, from) => {
      if (session) session.receive(request, from);
      // Section 14.2: our own INVITE is not over.
      else parts.layer.replyOnce(request, from, { status: request.method === 'INVITE' ? 491 : 481 });
    },
    acknowledged: (ack) => session?.acknowledged(ack),
    flowLost: (lost) => {
      if (session) session.flowLost(lost);
      else if (lost === flow) end('failure', null);
    },
    drop: () => {
      ended = true;
      cancelRinging();
      transaction?.abandon();
      session?.close();
      leg?.close();
    },
  };
  return call;
};
