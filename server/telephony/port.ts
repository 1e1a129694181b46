import type { CallOrigin } from '../../domain/access/call-origin.ts';
import type { Language } from '../../domain/access/language.ts';

/**
 * The one way the server speaks to a switch, in the words of Asterisk's ARI: channel, bridge,
 * playback, recording. Two adapters stand behind it, `embedded/` and `asterisk/`, and one contract
 * test holds for both.
 */
export interface TelephonyPort {
  /** Listens to everything that happens on channels; returns the function that stops it. */
  readonly onEvent: (listener: (event: TelephonyEvent) => void) => () => void;
  /** 200 OK to a caller that still rings. Fails when the caller is gone. */
  readonly answer: (channel: ChannelId) => Promise<boolean>;
  /** Hangs up whatever state the channel is in; unknown channels are ignored: it was gone already. */
  readonly hangUp: (channel: ChannelId, cause: HangUpCause) => void;
  /**
   * INVITE to a seat's softphone. Its fate comes as `channel.answered` or `channel.ended`.
   * `undefined` where the seat has no registration.
   */
  readonly originate: (invite: OriginateRequest) => ChannelId | undefined;
  /** Whether there is a trunk that calls out. */
  readonly canCallOut: () => boolean;
  /**
   * INVITE to a number outside. Its fate comes as `channel.ringing`, `channel.answered` and `channel.ended`.
   * `undefined` where no trunk calls out, or there is no room for one more call.
   */
  readonly callOut: (call: CallOutRequest) => ChannelId | undefined;
  /** Plays sounds one after another; the end comes as `playback.ended`. A new playback ends the one before. */
  readonly play: (channel: ChannelId, sounds: readonly Sound[], repeat: 'once' | 'for-ever') => PlaybackId;
  readonly stopPlayback: (playback: PlaybackId) => void;
  /**
   * Records what the channel says to a WAV file, sample for sample as it was sent, until stopped, the
   * channel ends or so much is recorded; the end comes as `recording.ended` when the file is complete.
   */
  readonly record: (channel: ChannelId, file: string, maxMs?: number) => RecordingId;
  /**
   * Records what two channels say, in and out of bridges, to one stereo WAV file, the first on the left, until
   * stopped or either channel ends; `recording.ended` names the first.
   */
  readonly recordPair: (channels: readonly [ChannelId, ChannelId], file: string) => RecordingId;
  /** Resolves when the file is complete. */
  readonly stopRecording: (recording: RecordingId) => Promise<void>;
  /** A room in which every channel hears all the others; a playback on a channel in it stops. */
  readonly bridge: (channels: readonly ChannelId[]) => BridgeId;
  /** Ends the bridge; its channels stay up, in silence. */
  readonly unbridge: (bridge: BridgeId) => void;
  /** Names of prompts the switch has files for. */
  readonly hasPrompt: (prompt: PromptName) => boolean;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export type ChannelId = string & { readonly channel: unique symbol };
export type BridgeId = string & { readonly bridge: unique symbol };
export type PlaybackId = string & { readonly playback: unique symbol };
export type RecordingId = string & { readonly recording: unique symbol };
/** `zh/welcome`, `en/queue-hold`, `music/hold`: a WAV file of that name under a prompt folder. */
export type PromptName = string;
/** A prompt, or a recording that was made by the port. */
export type Sound = PromptName | { readonly recording: string };

/** A channel never answered is refused with 480, 486, 480, 503, 404, 403 in this order; else it gets a BYE. */
export type HangUpCause = 'normal' | 'busy' | 'no-answer' | 'failure' | 'not-found' | 'not-allowed';

export interface OriginateRequest {
  readonly seat: string;
  readonly callerId: string;
  /** Validated hint headers (contract/sip-headers.ts). */
  readonly headers: Readonly<Record<string, string>>;
  readonly ringMs: number;
  readonly language: Language;
}

export interface CallOutRequest {
  readonly number: string;
  /** Our number, shown to the one who is called. */
  readonly callerId: string;
  readonly ringMs: number;
}

export type TelephonyEvent =
  /** A caller from a trunk or the web; the channel rings until `answer`. `dialled` is the number called. */
  | {
      readonly type: 'channel.arrived';
      readonly channel: ChannelId;
      readonly caller: string;
      readonly dialled: string;
      readonly origin: CallOrigin;
    }
  /** A caller whose call the switch took up again after a restart; it is answered. */
  | { readonly type: 'channel.restored'; readonly channel: ChannelId; readonly caller: string }
  /** A seat dials: another seat's staff number or an outside number. */
  | {
      readonly type: 'channel.dialled';
      readonly channel: ChannelId;
      readonly seat: string;
      readonly target: string;
      /** Values of the headers of contract/sip-headers.ts on the INVITE, as they came. */
      readonly hints: Readonly<Record<string, string>>;
    }
  | { readonly type: 'channel.ringing'; readonly channel: ChannelId }
  | { readonly type: 'channel.answered'; readonly channel: ChannelId }
  | { readonly type: 'channel.digit'; readonly channel: ChannelId; readonly digit: string; readonly durationMs: number }
  | { readonly type: 'channel.held'; readonly channel: ChannelId }
  | { readonly type: 'channel.resumed'; readonly channel: ChannelId }
  /** REFER without Replaces: put the other party of this seat's call through to `target`. */
  | {
      readonly type: 'channel.transfer-asked';
      readonly channel: ChannelId;
      readonly target: string;
      readonly transfer: TransferHandle;
    }
  /** REFER with Replaces: join the other parties of the two calls of this seat. */
  | {
      readonly type: 'channel.join-asked';
      readonly channel: ChannelId;
      readonly consultation: ChannelId;
      readonly transfer: TransferHandle;
    }
  | {
      readonly type: 'channel.ended';
      readonly channel: ChannelId;
      readonly cause: HangUpCause | 'declined' | 'cancelled';
      readonly sipStatus: number | null;
    }
  | {
      readonly type: 'playback.ended';
      readonly channel: ChannelId;
      readonly playback: PlaybackId;
      readonly how: 'played' | 'stopped';
    }
  /** `full`: at exactly the length asked for; `stopped`: also where the channel ended. `ms`: what the file holds. */
  | {
      readonly type: 'recording.ended';
      readonly channel: ChannelId;
      readonly recording: RecordingId;
      readonly why: 'stopped' | 'full' | 'disk-full' | 'failed';
      readonly ms: number;
    }
  | { readonly type: 'seat.registered'; readonly seat: string }
  | { readonly type: 'seat.unregistered'; readonly seat: string };

/** Tells the seat that asked for a transfer how it goes, by NOTIFY with a sipfrag (RFC 3515). */
export interface TransferHandle {
  readonly report: (sipStatus: number) => void;
}

/** Looks up the digest secret of a SIP username; HA1 of RFC 3261 section 22, by the switch's realm. */
export interface SipAccounts {
  readonly find: (username: string) => SipAccountSecret | undefined;
}

export type SipAccountSecret = SipParty & {
  /** MD5; what sip.js speaks. */
  readonly ha1: string;
  /** SHA-256 (RFC 8760), for softphones that can. */
  readonly ha1Sha256?: string;
};

/** Who an account is for, with all it may do. */
export type SipParty =
  | { readonly kind: 'seat'; readonly seat: string }
  /** A caller from the public page: may call one number, one call at a time, and register nothing. */
  | {
      readonly kind: 'guest';
      readonly dials: string;
      /** Time in ms since the epoch until which a call may begin; one that has begun goes on. */
      readonly mayCallUntil: number;
      /** Guests of one source share a number of calls at once. */
      readonly source: string;
    };
