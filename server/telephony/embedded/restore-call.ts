import type { Call, CallParts, EndCause } from './call.ts';
import type { Dialog } from './dialog.ts';
import type { Flow } from './flow.ts';
import type { MediaEngine, MediaLeg } from './media/media-leg.ts';
import { parseSdp } from './media/sdp.ts';
import type { SavedCall } from './saved-call.ts';
import { openSession, type Session } from './session.ts';

/** A caller who is not heard for so long after a restart has hung up while nobody listened. */
const heardAgainMs = 15_000;
/** Requests sent since the call was saved; a gap in CSeq is allowed (RFC 3261 section 12.2.1.1). */
const sequenceGap = 1_000;

/**
 * Takes up a call again that the server was killed in: the same port, the same dialog. The caller heard
 * nothing for a while, and goes on. undefined where the port is taken.
 */
export const restoreCall = async (given: {
  readonly parts: CallParts;
  readonly media: MediaEngine;
  readonly saved: SavedCall;
  readonly flow: Flow;
}): Promise<Call | undefined> => {
  const { parts, saved, flow } = given;
  const { channel } = saved;
  const opened = await given.media.openLeg('rtp', portOf(saved.answer));
  if (!opened.ok) return undefined;
  const leg: MediaLeg = opened.value;
  const agreed = await leg.acceptOffer(saved.offer);
  if (!agreed.ok) {
    leg.close();
    return undefined;
  }
  const dialog: Dialog = {
    ...saved.dialog,
    remoteSequence: saved.dialog.remoteSequence,
    localSequence: saved.dialog.localSequence + sequenceGap,
  };
  let ended = false;

  const end = (cause: EndCause, sipStatus: number | null): void => {
    if (ended) return;
    ended = true;
    close();
    parts.journal.forget(channel);
    parts.emit({ type: 'channel.ended', channel, cause, sipStatus });
    parts.onEnded(call);
  };
  const close = (): void => {
    cancelSilence();
    stopListening();
    session.close();
    leg.close();
  };

  const call: Call = {
    channel,
    callId: dialog.callId,
    localTag: dialog.localTag,
    seat: undefined,
    guest: undefined,
    leg: () => leg,
    remoteTag: () => dialog.remoteTag,
    answer: () => Promise.resolve(false),
    hangUp: (cause) => {
      if (ended) return;
      session.hangUp(cause);
      end(cause, null);
    },
    receive: (request, from) => session.receive(request, from),
    acknowledged: (ack) => session.acknowledged(ack),
    flowLost: (lost) => session.flowLost(lost),
    drop: () => {
      ended = true;
      close();
    },
  };
  const session: Session = openSession({ parts, call, dialog, flow, leg, user: saved.user, onEnded: end });
  const cancelSilence = parts.after(heardAgainMs, () => call.hangUp('failure'));
  const stopListening = leg.onEvent((event) => {
    if (event.type === 'connected') cancelSilence();
  });
  return call;
};

const portOf = (answer: string): number | undefined => {
  const sdp = parseSdp(answer);
  return sdp.ok ? sdp.value.media.find(({ port }) => port !== 0)?.port : undefined;
};
