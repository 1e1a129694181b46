import type { Flow } from './flow.ts';
import type { After } from './parts.ts';
import type { SipRequest } from './sip-message.ts';
import { allowedMethods, makeResponse, type Reply } from './sip-requests.ts';
import type { TransactionLayer } from './transaction-layer.ts';
import { t1Ms, t2Ms } from './transaction-tables.ts';

/**
 * Our side of one INVITE that came in, first or in a call:
 *
 *   open ── accept ──▶ accepted (200 again and again) ── ACK ──▶ done
 *     └──── refuse ──────────────────────────────────────────────▶ done
 */
export interface InviteAnswer {
  readonly invite: SipRequest;
  readonly state: () => 'open' | 'accepted' | 'done';
  readonly ring: () => void;
  /** Nothing once a final answer was given: a CANCEL and an answer may cross. */
  readonly accept: (sdp: string) => void;
  readonly refuse: (reply: Reply) => void;
  /** The ACK of the 200; true for the first one. */
  readonly acknowledged: () => boolean;
  /** The call is over: nothing more is sent. */
  readonly stop: () => void;
}

export const sdpType = 'application/sdp';

/** undefined where there is no room for one more transaction; the peer was told. */
export const answerInvite = (parts: {
  readonly layer: TransactionLayer;
  readonly invite: SipRequest;
  readonly flow: Flow;
  readonly localTag: string;
  readonly contact: string;
  readonly after: After;
  /** No ACK for 64 T1: the call is to be ended (section 13.3.1.4). */
  readonly onUnacknowledged: () => void;
  /** The peer took the INVITE back before a final answer, and was answered 487. */
  readonly onCancelled?: () => void;
}): InviteAnswer | undefined => {
  const { invite, after } = parts;
  let state: 'open' | 'accepted' | 'done' = 'open';
  let cancelRepeat = (): void => undefined;
  let cancelGivingUp = (): void => undefined;

  const transaction = parts.layer.accept(invite, parts.flow, {
    toTag: parts.localTag,
    onCancel: () => {
      if (state !== 'open') return;
      refuse({ status: 487 });
      parts.onCancelled?.();
    },
  });
  if (!transaction) return undefined;
  const session = [
    { name: 'Contact', value: parts.contact },
    { name: 'Allow', value: allowedMethods },
    { name: 'Supported', value: 'replaces' },
    // A dialog keeps to the proxies its INVITE came through (section 12.1.1).
    ...invite.headers.filter((header) => header.name.toLowerCase() === 'record-route'),
  ];
  const done = (): void => {
    state = 'done';
    cancelRepeat();
    cancelGivingUp();
  };
  const refuse = (reply: Reply): void => {
    if (state !== 'open') return;
    done();
    transaction.respond(makeResponse(invite, parts.localTag, reply));
  };

  transaction.respond(makeResponse(invite, parts.localTag, { status: 100 }));
  return {
    invite,
    state: () => state,
    ring: () => {
      if (state === 'open') transaction.respond(makeResponse(invite, parts.localTag, { status: 180, more: session }));
    },
    accept: (sdp) => {
      if (state !== 'open') return;
      state = 'accepted';
      const answer = makeResponse(invite, parts.localTag, {
        status: 200,
        more: session,
        body: { type: sdpType, text: sdp },
      });
      transaction.respond(answer);
      const repeat = (waitMs: number): void => {
        cancelRepeat = after(waitMs, () => {
          transaction.repeatAccepted();
          repeat(Math.min(waitMs * 2, t2Ms));
        });
      };
      repeat(t1Ms);
      cancelGivingUp = after(64 * t1Ms, () => {
        done();
        parts.onUnacknowledged();
      });
    },
    refuse,
    acknowledged: () => {
      if (state !== 'accepted') return false;
      done();
      return true;
    },
    stop: done,
  };
};
