import { Invitation, Inviter, type Session, SessionState, type URI } from 'sip.js';
import type { CallView } from '../../../contract/phone.ts';
import type { Result } from '../../../domain/result.ts';
import { announce } from '../announcement/announce.ts';
import type { Channel } from '../audio/mixer.ts';
import type { Speaker } from '../audio/speaker.ts';
import { measure } from '../quality/meter.ts';
import { type CallEnding, outcomeOf, saysNoAnswer } from './call-outcome.ts';
import { type CallEvent, callAfter, isAnswered } from './call-state.ts';
import { connectionOf, remoteStreamOf } from './media-handler.ts';
import { renegotiate } from './renegotiate.ts';
import { sendDigit } from './send-digit.ts';
import { transfer } from './transfer.ts';
import { type MediaWatch, watchMedia } from './watch-media.ts';

type Announcement = Promise<Result<AudioBuffer, string>>;

/** One call from its first message to its end. What does not fit its phase is ignored: it came late. */
export interface LiveCall {
  readonly session: Session;
  readonly view: () => CallView;
  /** Rings, and nobody has answered yet. */
  readonly rings: () => boolean;
  readonly answer: () => void;
  /** Sends the INVITE of a call of ours. */
  readonly dial: () => void;
  readonly hangUp: () => void;
  readonly hold: () => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly setMuted: (muted: boolean) => void;
  readonly sendDigit: (digit: string) => void;
  /** Says the staff number in a talk that went without (A3); nothing where one was said. */
  readonly announce: (announcement: Announcement) => void;
  readonly transfer: (target: URI | LiveCall) => Promise<void>;
  /** Ended here, and the far end has not been told yet. */
  readonly owesGoodbye: () => boolean;
  /** The way to us is there again: media find a new one, or the far end is told that the call is over. */
  readonly takeUpAgain: () => void;
  /** Over without a word to the far end, which cannot be reached. */
  readonly abandon: () => void;
}

export interface LiveCallParts {
  readonly session: Invitation | Inviter;
  readonly view: CallView;
  readonly channel: Channel;
  readonly speaker: Speaker;
  /** The staff number to announce on answer (A3); `undefined` where nothing is announced. */
  readonly announcement: Announcement | undefined;
  readonly onChange: () => void;
  readonly isRegistered: () => boolean;
  readonly probeLine: () => void;
}

export const createLiveCall = (parts: LiveCallParts): LiveCall => {
  const { session, channel } = parts;
  let view = parts.view;
  let ending: CallEnding | undefined;
  let answering = false;
  let onHold = false;
  let owesGoodbye = false;
  let media: MediaWatch | undefined;
  const stops: (() => void)[] = [];

  const happen = (event: CallEvent): void => {
    const after = callAfter(view, event, Date.now());
    if (after === view) return;
    view = after;
    parts.onChange();
  };

  const finish = (how: CallEnding): void => {
    if (view.phase === 'ended') return;
    for (const stop of stops.splice(0)) stop();
    media?.stop();
    channel.close();
    happen({ type: 'ended', outcome: outcomeOf(view.phase, how) });
  };

  /** Ends the call as seen here at once; what the far end makes of it comes too late to matter. */
  const leave = (how: CallEnding): void => {
    if (view.phase === 'ended') return;
    ending = how;
    // Said into a line that is cut, a BYE is lost, and the switch would give the caller to the next agent.
    if (parts.isRegistered() || session.state !== SessionState.Established) sayGoodbye(session);
    else owesGoodbye = true;
    finish(how);
  };

  const silence = (): void => channel.silence(view.muted || onHold);

  const restartMedia = async (): Promise<void> => {
    if (session.state !== SessionState.Established) return;
    const answer = await renegotiate(session, { hold: onHold, iceRestart: true });
    // The switch does not know the call any more (RFC 5057 section 5.1): it was restarted meanwhile.
    if (answer === 481) leave({ by: 'line' });
  };

  const setHold = async (hold: boolean): Promise<void> => {
    onHold = hold;
    silence();
    const answer = await renegotiate(session, { hold, iceRestart: false });
    if (answer === 200) return happen({ type: hold ? 'held' : 'resumed' });
    onHold = !hold;
    silence();
  };

  const established = (): void => {
    const connection = connectionOf(session);
    const remote = remoteStreamOf(session);
    // The call ended while the last message of its beginning was on its way.
    if (connection === undefined || remote === undefined || view.phase === 'ended') return;
    media = watchMedia(connection, {
      onInterrupted: parts.probeLine,
      onFailed: () => void (parts.isRegistered() && restartMedia()),
      onLost: () => leave({ by: 'line' }),
    });
    stops.push(
      parts.speaker.play(remote),
      measure(connection, (quality) => happen({ type: 'measured', quality })),
    );
    if (parts.announcement === undefined) {
      channel.openGate();
      happen({ type: 'connected' });
      return;
    }
    happen({ type: 'answered' });
    sayStaffNumber(parts.announcement, media.up);
  };

  const sayStaffNumber = (announcement: Announcement, mediaUp: Promise<void>): void => {
    const began = (): void => happen({ type: 'announcement-began' });
    void announce({ channel, announcement, mediaUp, began }).then((report) => happen({ type: 'announced', report }));
  };

  session.delegate = {
    onBye: (bye) => {
      ending ??= { by: 'them', noAnswer: false };
      bye.accept().catch(() => undefined);
    },
    onCancel: (cancel) => {
      ending ??= { by: 'them', noAnswer: saysNoAnswer(cancel.request.getHeader('Reason')) };
    },
  };
  session.stateChange.addListener((state) => {
    if (state === SessionState.Established) established();
    if (state !== SessionState.Terminated) return;
    // sip.js tells the status of a refusal right after it.
    queueMicrotask(() => finish(ending ?? { by: view.phase === 'ringing' && !answering ? 'timeout' : 'fault' }));
  });

  return {
    session,
    view: () => view,
    rings: () => view.phase === 'ringing' && !answering,
    answer: () => {
      if (!(session instanceof Invitation) || view.phase !== 'ringing' || answering) return;
      answering = true;
      parts.onChange();
      session.accept().catch(() => undefined);
    },
    dial: () => {
      if (!(session instanceof Inviter)) return;
      const onReject = (response: { readonly message: { readonly statusCode?: number | undefined } }): void => {
        ending ??= { by: 'response', status: response.message.statusCode ?? 500 };
      };
      session.invite({ requestDelegate: { onReject, onRedirect: onReject } }).catch(() => undefined);
    },
    hangUp: () => leave({ by: 'us' }),
    hold: async () => {
      if (view.phase === 'talking' && !onHold) await setHold(true);
    },
    resume: async () => {
      if (view.phase === 'held' && onHold) await setHold(false);
    },
    setMuted: (muted) => {
      happen({ type: 'muted', muted });
      silence();
    },
    sendDigit: (digit) => {
      if (isAnswered(view)) sendDigit(session, digit);
    },
    announce: (announcement) => {
      if (view.phase !== 'talking' || view.announcement !== null || !media) return;
      channel.shutGate();
      happen({ type: 'handed-on' });
      sayStaffNumber(announcement, media.up);
    },
    transfer: async (target) => {
      if (!isAnswered(view) || view.transfer === 'under-way') return;
      happen({ type: 'transfer', transfer: 'under-way' });
      const how = await transfer(session, 'session' in target ? target.session : target);
      if (how === 'done') leave({ by: 'transfer' });
      else happen({ type: 'transfer', transfer: 'failed' });
    },
    owesGoodbye: () => owesGoodbye,
    takeUpAgain: () => {
      if (!owesGoodbye) return void restartMedia();
      owesGoodbye = false;
      sayGoodbye(session);
    },
    abandon: () => finish({ by: 'line' }),
  };
};

/** The message that ends a session in the state it is in (RFC 3261 sections 9, 13.3.1.3, 15). */
const sayGoodbye = (session: Invitation | Inviter): void => {
  const sent = (): Promise<unknown> => {
    switch (session.state) {
      case SessionState.Initial:
      case SessionState.Establishing:
        return session instanceof Inviter ? session.cancel() : session.reject({ statusCode: 603 });
      case SessionState.Established:
        return session.bye();
      case SessionState.Terminating:
      case SessionState.Terminated:
        return Promise.resolve();
      default:
        return session.state satisfies never;
    }
  };
  // Where the line goes down under it, the switch ends the call by its own clocks.
  sent().catch(() => undefined);
};
