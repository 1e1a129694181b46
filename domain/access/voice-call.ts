import type { AccessRules } from './access-rules.ts';
import type { EntryPurpose } from './entry-purposes.ts';
import type { FaultKind } from './fault-kinds.ts';
import type { Language } from './language.ts';
import type { Service } from './services.ts';
import type { BillMonth } from './spoken-bill.ts';

/** A2: the menus. */
const menuPhases = ['arrived', 'language', 'service'] as const;
export type MenuPhase = (typeof menuPhases)[number];

/** A3, A5: the queue, the seat and the end. */
const queuePhases = ['queued', 'offered', 'ringing', 'talking', 'farewell', 'ended'] as const;
export type QueuePhase = (typeof queuePhases)[number];

/** A6: keying a number, whatever for. */
const entryPhases = ['own-number', 'number', 'number-confirm'] as const;
export type EntryPhase = (typeof entryPhases)[number];

/** A6, A8. */
const callbackPhases = ['callback-keeping', 'anything-else'] as const;
export type CallbackPhase = (typeof callbackPhases)[number];

/** A7. */
const messagePhases = [
  'message-intro',
  'message-tone',
  'message-recording',
  'message-continue',
  'message-review',
  'message-keeping',
] as const;
export type MessagePhase = (typeof messagePhases)[number];

/** Service 112. */
const faultPhases = ['fault-line', 'fault-kind', 'fault-booking', 'fault-booked'] as const;
export type FaultPhase = (typeof faultPhases)[number];

/** Service 170. */
const billPhases = ['bill-password', 'bill-reading', 'bill-read', 'bill-refused'] as const;
export type BillPhase = (typeof billPhases)[number];

/** Q1: the talk is over, and the caller is asked. */
const ratingPhases = ['rating'] as const;
export type RatingPhase = (typeof ratingPhases)[number];

/** Where a caller stands on the way through the hotline; docs/access.md draws the whole chart. */
export const voiceCallPhases = [
  ...menuPhases,
  ...queuePhases,
  ...entryPhases,
  ...callbackPhases,
  ...messagePhases,
  ...faultPhases,
  ...billPhases,
  ...ratingPhases,
] as const;
export type VoiceCallPhase = (typeof voiceCallPhases)[number];

export interface VoiceCall {
  readonly phase: VoiceCallPhase;
  readonly rules: AccessRules;
  /** The caller's own number as the trunk told it; empty where withheld. */
  readonly caller: string;
  /** Chinese until the caller chooses. */
  readonly language: Language;
  /** What an agent would be asked for: complaints until the caller chooses. */
  readonly service: Service;
  /** Prompts play, which a key cuts short; music does not count. */
  readonly speaking: boolean;
  /** Silences and wrong keys in this menu so far. */
  readonly failures: number;
  /** `left`: the place was given up for a callback or a message, and is given back to who returns (A5). */
  readonly queue: 'never' | 'waiting' | 'left';
  /** A5: the offer was made in this wait. */
  readonly offered: boolean;
  /** The place was told since the caller joined. */
  readonly placeTold: boolean;
  readonly place: QueuePlace | null;
  readonly entry: {
    readonly purpose: EntryPurpose;
    /** Keyed so far; cleared when no longer needed, since a password is keyed as well. */
    readonly digits: string;
    /** Finished entries. */
    readonly entries: number;
  };
  /** The number last settled on: where to ring back, or the line that is asked about. */
  readonly number: string;
  /** Service 112: what is wrong with the line. */
  readonly faultKind: FaultKind;
  /** What was read last, and how often again at the caller's wish. */
  readonly reading: {
    readonly formNumber: string;
    readonly months: readonly BillMonth[];
    readonly repeats: number;
  };
}

/** A place in the queue as the caller is told it. */
export interface QueuePlace {
  /** 1: the next. */
  readonly position: number;
  /** Null where nothing is known yet: nothing is promised then. */
  readonly expectedWaitSeconds: number | null;
}

/** What each event says besides that it happened. */
interface EventFacts {
  readonly answered: unknown;
  readonly key: { readonly key: string };
  /** The prompts asked for last were heard to their end. */
  readonly 'prompt-over': unknown;
  /** No key came in the time allowed. */
  readonly silence: unknown;
  /** The answer to `ask-place`: null where the floor knows none. */
  readonly placed: { readonly place: QueuePlace | null };
  /** A5: all seats were busy for the time that `watch-seats` named. */
  readonly 'all-busy': { readonly place: QueuePlace | null };
  readonly 'seat-rings': unknown;
  /** The seat did not answer, refused or was taken away again. */
  readonly 'seat-withdrawn': unknown;
  readonly 'seat-answered': unknown;
  readonly 'seat-hung-up': unknown;
  /** The seat is done with the caller, and wants them to be asked (Q1). */
  readonly 'seat-asks-rating': unknown;
  /** The seat fell out of the call without hanging up. */
  readonly 'seat-lost': unknown;
  /** The callback or the message stands in the records: from here on it may be promised. */
  readonly kept: unknown;
  readonly 'not-kept': unknown;
  /** A7: the segment ended other than by `stop-recording`; `heard`: the message holds some sound. */
  readonly 'segment-over': { readonly why: 'full' | 'disk-full' | 'failed'; readonly heard: boolean };
  readonly 'line-found': unknown;
  readonly 'line-unknown': unknown;
  readonly booked: { readonly formNumber: string };
  readonly 'not-booked': unknown;
  readonly bill: { readonly months: readonly BillMonth[] };
  /** Number and password do not belong together; which of them is wrong is not said. */
  readonly 'bill-refused': unknown;
  /** The line records did not answer, or not in a way that can be read. */
  readonly 'records-failed': unknown;
  readonly 'caller-gone': unknown;
}
export type VoiceCallEventType = keyof EventFacts;
export type EventOf<Type extends VoiceCallEventType> = { readonly type: Type } & EventFacts[Type];
export type VoiceCallEvent = { [Type in VoiceCallEventType]: EventOf<Type> }[VoiceCallEventType];

export type VoiceCallEffect =
  | { readonly type: 'answer' }
  /** Replaces what plays. Among the sounds `recordedMessage` stands for the caller's own message so far. */
  | { readonly type: 'play'; readonly sounds: readonly string[]; readonly repeat: 'once' | 'for-ever' }
  /** Silence at once, without a `prompt-over`. */
  | { readonly type: 'hush' }
  /** Start the wait for a key anew, which ends in `silence`; what plays or is played next calls it off. */
  | { readonly type: 'await-key' }
  /** `kept`: at the place the caller had before. */
  | { readonly type: 'join-queue'; readonly place: 'last' | 'first' | 'kept' }
  /** `gone`: the caller hung up, maybe in the talk with a seat; `overflow`: for a callback or a message (A5). */
  | { readonly type: 'leave-queue'; readonly why: 'gone' | 'overflow' }
  | { readonly type: 'ask-place' }
  /** A5: tell when all seats were busy for the first offer's time, or for that of a further one. */
  | { readonly type: 'watch-seats'; readonly until: 'first-offer' | 'next-offer' }
  | { readonly type: 'keep-callback'; readonly number: string }
  /** Goes on where the message's last segment ended; the first begins the message. */
  | { readonly type: 'record-segment'; readonly number: string }
  | { readonly type: 'stop-recording' }
  /** Stops the recording and keeps the message with how it ended (A7). */
  | { readonly type: 'keep-message'; readonly ending: MessageEnding }
  | { readonly type: 'discard-message' }
  /** Q1: no answer is waited for. */
  | { readonly type: 'keep-rating'; readonly outcome: Rating }
  | { readonly type: 'find-line'; readonly line: string }
  | { readonly type: 'book-fault'; readonly line: string; readonly kind: FaultKind }
  | { readonly type: 'read-bill'; readonly line: string; readonly password: string }
  | { readonly type: 'hang-up' };

/** What a caller keys of the talk that is over (Q1). */
export type Rating = 'satisfied' | 'dissatisfied';

/** `confirmed`: the caller heard it and said yes; `interrupted`: they went to an agent, or said nothing to it. */
export type MessageEnding = 'confirmed' | 'hung-up' | 'interrupted';

export interface Step {
  readonly call: VoiceCall;
  readonly effects: readonly VoiceCallEffect[];
}
