import type { Result } from '../../../../domain/result.ts';
import type { Sound } from '../../port.ts';
import type { RecordingEnd } from './recorder.ts';

/**
 * What signalling asks of media, and nothing more: it hands SDP in and out, and says who hears whom.
 * Sockets, clocks, codecs and jitter stay behind these two interfaces.
 */

/** `rtp`: plain RTP/AVP over UDP (trunks, ordinary phones). `webrtc`: ICE and DTLS-SRTP (seats, web callers). */
export type LegKind = 'rtp' | 'webrtc';

/**
 * Why an SDP cannot be used. Signalling answers `malformed` with 400 and the others with 488;
 * `closed` means that the call ended while the SDP was on its way: no answer is owed.
 */
export type SdpRefusal = 'malformed' | 'no-audio' | 'no-common-codec' | 'wrong-transport' | 'closed';

export type MediaLegEvent =
  /** One key press, told once, when it ended (or was lost track of). RFC 4733. */
  | { readonly type: 'digit'; readonly digit: string; readonly durationMs: number }
  /** The party can be heard: its first packet came, for `webrtc` after ICE and DTLS. Again after `lost`. */
  | { readonly type: 'connected' }
  /** Nothing arrives from a party that does not hold the call, or ICE gave it up. */
  | { readonly type: 'lost' };

/** One party's media, from the first SDP to the end of its call. */
export interface MediaLeg {
  readonly kind: LegKind;
  /** The party put us on hold: its last SDP said sendonly, inactive or the address 0.0.0.0. */
  readonly peerHolds: boolean;
  /** A complete offer: `webrtc` holds all its ICE candidates. May be called again for a re-offer. */
  readonly createOffer: () => Promise<string>;
  /** A refused answer leaves the leg as it was before `createOffer`. */
  readonly acceptAnswer: (sdp: string) => Promise<Result<void, SdpRefusal>>;
  /**
   * Answers a first offer or a re-offer (hold, resume, ICE restart). After a refused re-offer the
   * media go on as agreed before (RFC 3261 section 14.2).
   */
  readonly acceptOffer: (sdp: string) => Promise<Result<string, SdpRefusal>>;
  /** Presses a key towards the party. Ignored where the party did not agree to telephone-event. */
  readonly sendDigit: (digit: string, durationMs: number) => void;
  /** Returns the function that stops listening. */
  readonly onEvent: (listener: (event: MediaLegEvent) => void) => () => void;
  /** Ends its playback and recordings, leaves its bridge and frees its ports. Twice is once. */
  readonly close: () => void;
}

export type PlaybackEnd = 'played' | 'stopped';

export interface MediaEngine {
  /** `no-port`: every port of the range is taken, or the one asked for (`rtp` only) is. */
  readonly openLeg: (kind: LegKind, port?: number) => Promise<Result<MediaLeg, 'no-port'>>;
  /**
   * Plays sounds one after another; a new playback on a leg ends the one before. Unknown prompts and
   * recordings that cannot be read are skipped with a warning. `onEnd` is called once, never before `play` returned.
   */
  readonly play: (
    leg: MediaLeg,
    sounds: readonly Sound[],
    repeat: 'once' | 'for-ever',
    onEnd: (how: PlaybackEnd) => void,
  ) => { readonly stop: () => void };
  /**
   * Records what the party says to a WAV file, from now to `stop`, the leg's end or `maxMs`. The samples are
   * those that were sent, wherever the jitter buffer may stretch or drop. `onEnd` is called once, when the file
   * is complete, never before `record` returned.
   */
  readonly record: (
    leg: MediaLeg,
    file: string,
    options?: { readonly maxMs?: number | undefined; readonly onEnd?: (end: RecordingEnd) => void },
  ) => { readonly stop: () => Promise<void> };
  /**
   * Records what two parties say in one stereo WAV file, left and right, as it is heard in a bridge: after the
   * jitter buffer, silence from who holds. Lasts to `stop`, or the end of either leg; `onEnd` is as for `record`.
   */
  readonly recordPair: (
    legs: readonly [left: MediaLeg, right: MediaLeg],
    file: string,
    onEnd?: (end: RecordingEnd) => void,
  ) => { readonly stop: () => Promise<void> };
  /**
   * Every leg hears all the others; digits pass too. Playbacks on the legs stop, a leg leaves the bridge it was in.
   * Who holds is not mixed; a party left with holders only hears `music/hold`.
   */
  readonly bridge: (legs: readonly MediaLeg[]) => { readonly close: () => void };
  /** A well-formed clip of that name lies in one of the prompt folders. */
  readonly hasPrompt: (name: string) => boolean;
  /** Closes every leg; recordings are complete on disk when it resolves. */
  readonly close: () => Promise<void>;
}

/** `createMediaEngine` in media-engine.ts takes these. */
export interface MediaEngineOptions {
  /** Address that RTP sockets and ICE bind to; also what SDP tells the parties, unless `advertisedAddress` says otherwise. */
  readonly bindAddress: string;
  readonly advertisedAddress?: string;
  /** Both ends included; RTP takes the even ports, RTCP the odd ones after them. */
  readonly rtpPorts: { readonly first: number; readonly last: number };
  /** The first folder that holds a prompt wins. */
  readonly promptFolders: readonly string[];
  /** Send to where the party's packets come from, not to where its SDP says: for callers behind NAT. */
  readonly latchSources: boolean;
  readonly warn: (message: string, details: Readonly<Record<string, unknown>>) => void;
}
