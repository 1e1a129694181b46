import { type Invitation, Inviter, type Session } from 'sip.js';
import { type CallView, dialTarget, type PhoneCommand } from '../../../contract/phone.ts';
import { type CallHints, sipHeaders } from '../../../contract/sip-headers.ts';
import type { Language } from '../../../domain/access/language.ts';
import type { Result } from '../../../domain/result.ts';
import type { Mixer } from '../audio/mixer.ts';
import type { Speaker } from '../audio/speaker.ts';
import type { Line } from '../line/line.ts';
import { createLiveCall, type LiveCall } from './live-call.ts';
import { readHints } from './read-hints.ts';

/** Every call of this seat: one at a time, and a second one only where the agent places it to consult. */
export interface Calls {
  readonly views: () => readonly CallView[];
  readonly ringing: () => boolean;
  readonly receive: (invitation: Invitation) => void;
  readonly execute: (command: CallCommand) => void;
  /** The stream a session sends. */
  readonly outgoing: (session: Session) => MediaStream;
  /** The line is there again, over another connection. */
  readonly takeUpAgain: () => void;
  readonly hangUpAll: () => void;
  /** Ended calls are nobody else's business: the next agent at this desk starts with none. */
  readonly forgetEnded: () => void;
  readonly abandonAll: () => void;
}

export type CallCommand = Exclude<PhoneCommand, { readonly type: 'test-ring' }>;
type DialCommand = Extract<PhoneCommand, { readonly type: 'dial' }>;

export interface CallsParts {
  readonly mixer: Mixer;
  readonly speaker: Speaker;
  readonly line: () => Line;
  readonly loadAnnouncement: (language: Language) => Promise<Result<AudioBuffer, string>>;
  readonly onChange: () => void;
}

const blankCall = {
  contactId: null,
  service: null,
  language: 'zh',
  waitedSeconds: null,
  origin: null,
  priority: 'normal',
  callback: null,
  form: null,
  giver: null,
  answeredAt: null,
  muted: false,
  announcement: null,
  quality: null,
  transfer: null,
  outcome: null,
} as const satisfies Partial<CallView>;

export const createCalls = (parts: CallsParts): Calls => {
  /** Ended calls stay, for the desk to tell what became of them, until the next one begins. */
  const calls = new Map<string, LiveCall>();
  const streams = new WeakMap<Session, MediaStream>();

  const going = (): readonly LiveCall[] => [...calls.values()].filter((call) => call.view().phase !== 'ended');

  const forgetEnded = (): void => {
    for (const [id, call] of calls) if (call.view().phase === 'ended' && !call.owesGoodbye()) calls.delete(id);
  };

  const begin = (
    session: Invitation | Inviter,
    about: Pick<CallView, 'direction' | 'remote' | 'phase'> & Partial<CallView>,
    announcement: Promise<Result<AudioBuffer, string>> | undefined,
  ): LiveCall => {
    forgetEnded();
    const channel = parts.mixer.openChannel();
    streams.set(session, channel.stream);
    const id = crypto.randomUUID();
    const call = createLiveCall({
      session,
      view: { ...blankCall, ...about, id, since: Date.now() },
      channel,
      speaker: parts.speaker,
      announcement,
      onChange: parts.onChange,
      isRegistered: () => parts.line().isRegistered(),
      probeLine: () => parts.line().probe(),
    });
    calls.set(id, call);
    parts.onChange();
    return call;
  };

  const holdOthers = async (than: LiveCall | undefined): Promise<void> => {
    await Promise.all(
      going()
        .filter((call) => call !== than)
        .map((call) => call.hold()),
    );
  };

  const dial = async ({ target, callback }: DialCommand): Promise<void> => {
    const open = going();
    // A second call is a consultation: the first one must be up. A third is none.
    if (open.length > 1 || open.some(({ view }) => view().phase !== 'talking' && view().phase !== 'held')) return;
    const reach = parts.line().reach(target);
    if (reach === undefined) return;
    await holdOthers(undefined);
    // While the first call was put on hold, another one was dialled or it ended.
    if (going().length > open.length) return;
    // Named here, so that the forms can keep the call under the name the centre knows it by.
    const contactId = callback === undefined ? null : crypto.randomUUID();
    begin(
      new Inviter(reach.userAgent, reach.uri, { extraHeaders: hintHeaders(contactId, callback) }),
      { direction: 'out', remote: target, phase: 'dialling', contactId },
      undefined,
    ).dial();
  };

  const transferAttended = async (held: LiveCall, consultation: LiveCall | undefined): Promise<void> => {
    if (consultation === undefined || consultation === held) return;
    await held.transfer(consultation);
    // The two others talk with each other now.
    if (held.view().outcome === 'transferred') consultation.hangUp();
  };

  const command = async (call: LiveCall, order: Exclude<CallCommand, { readonly type: 'dial' }>): Promise<void> => {
    switch (order.type) {
      case 'answer':
        return call.answer();
      case 'decline':
        return call.rings() ? call.hangUp() : undefined;
      case 'hang-up':
        return call.hangUp();
      case 'hold':
        return call.hold();
      case 'resume':
        await holdOthers(call);
        return call.resume();
      case 'mute':
        return call.setMuted(true);
      case 'unmute':
        return call.setMuted(false);
      case 'announce':
        return call.announce(parts.loadAnnouncement(call.view().language));
      case 'dtmf':
        return call.sendDigit(order.digit);
      case 'transfer-blind': {
        const reach = parts.line().reach(order.target);
        return reach && call.transfer(reach.uri);
      }
      case 'transfer-attended':
        return transferAttended(call, calls.get(order.consultation));
      default:
        return order satisfies never;
    }
  };

  return {
    views: () => [...calls.values()].map((call) => call.view()),
    ringing: () => going().some((call) => call.rings()),
    receive: (invitation) => {
      if (going().length > 0) {
        invitation.reject({ statusCode: 486 }).catch(() => undefined);
        return;
      }
      const hints = readHints((name) => invitation.request.getHeader(name));
      // Whom a colleague hands on is announced to when they are joined.
      const announcement = hints?.giver === undefined ? hints && parts.loadAnnouncement(hints.language) : undefined;
      const about = hints === undefined ? { remote: nameOf(invitation) } : viewOf(hints);
      begin(invitation, { ...about, direction: 'in', phase: 'ringing' }, announcement);
      invitation.progress({ statusCode: 180 }).catch(() => undefined);
    },
    execute: (order) => {
      if (order.type === 'dial') return void dial(order);
      const call = calls.get(order.call);
      // A command for a call that was gone when it arrived.
      if (call !== undefined) void command(call, order);
    },
    outgoing: (session) => streams.get(session) ?? new MediaStream(),
    takeUpAgain: () => {
      for (const call of calls.values()) if (call.view().phase !== 'ended' || call.owesGoodbye()) call.takeUpAgain();
    },
    hangUpAll: () => {
      for (const call of going()) call.hangUp();
    },
    forgetEnded,
    abandonAll: () => {
      for (const call of going()) call.abandon();
    },
  };
};

const viewOf = ({ caller, callback, form, giver, ...told }: CallHints) => ({
  ...told,
  remote: caller,
  callback: callback ?? null,
  form: form ?? null,
  giver: giver ?? null,
});

const hintHeaders = (contactId: string | null, callback: string | undefined): string[] =>
  contactId === null || callback === undefined
    ? []
    : [`${sipHeaders.contactId}: ${contactId}`, `${sipHeaders.callback}: ${callback}`];

/** Who calls, as far as it has the form of a number; the From header of a call between seats is any text. */
const nameOf = (invitation: Invitation): string => {
  const user = dialTarget.safeParse(invitation.remoteIdentity.uri.user);
  return user.success ? user.data : '';
};
