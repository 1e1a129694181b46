import { ok, type Result, refused } from '../../../../domain/result.ts';
import type { G711Law } from './g711.ts';
import type { LegKind, SdpRefusal } from './media-leg.ts';
import type { Direction, Sdp, SdpMedia } from './sdp.ts';

/** Offer and answer (RFC 3264) for one G.711 stream, as pure functions of the SDP texts. */

export interface AudioAgreement {
  /** What we send. */
  readonly law: G711Law;
  readonly payloadType: number;
  /** Where the party wants key presses; `undefined` where it takes none. */
  readonly telephoneEvent: number | undefined;
  /** The payload types of the party's list that this call can use. */
  readonly usable: ReadonlySet<number>;
  /** What may arrive. */
  readonly decoders: ReadonlyMap<number, G711Law | 'telephone-event'>;
  readonly remote: { readonly address: string; readonly port: number };
  /** The party's direction, seen from the party. */
  readonly direction: Direction;
  readonly peerHolds: boolean;
  /** Position of the audio among the SDP's media. */
  readonly mediaIndex: number;
}

/** The payload type that our own offers give telephone-event. */
const OFFERED_TELEPHONE_EVENT = 101;

const PROTOCOLS: Record<LegKind, RegExp> = {
  rtp: /^RTP\/AVP$/,
  webrtc: /^(?:UDP\/TLS\/)?RTP\/SAVPF$/,
};

/** Reads a party's offer, or its answer to ours, and says what both sides will do. */
export const agreeOnAudio = ({ media }: Sdp, kind: LegKind): Result<AudioAgreement, SdpRefusal> => {
  const isAudio = (section: SdpMedia): boolean => section.kind === 'audio' && section.port !== 0;
  if (!media.some(isAudio)) return refused('no-audio');
  const mediaIndex = media.findIndex((section) => isAudio(section) && fitsTransport(section, kind));
  const audio = media[mediaIndex];
  if (!audio?.address) return refused('wrong-transport');

  const voices = audio.codecs.filter((codec) => lawOf(codec.name) !== undefined && codec.clockRateHz === 8_000);
  const law = lawOf(voices[0]?.name ?? '');
  const payloadType = voices[0]?.payloadType;
  if (law === undefined || payloadType === undefined) return refused('no-common-codec');
  const events = audio.codecs.find((codec) => codec.name === 'telephone-event' && codec.clockRateHz === 8_000);

  const decoders = new Map<number, G711Law | 'telephone-event'>([
    [0, 'pcmu'],
    [8, 'pcma'],
    [OFFERED_TELEPHONE_EVENT, 'telephone-event'],
  ]);
  const usable = new Set(voices.map((voice) => voice.payloadType));
  if (events) usable.add(events.payloadType);
  for (const voice of voices) decoders.set(voice.payloadType, lawOf(voice.name) ?? law);
  if (events) decoders.set(events.payloadType, 'telephone-event');

  const zeroAddress = kind === 'rtp' && audio.address === '0.0.0.0';
  return ok({
    law,
    payloadType,
    telephoneEvent: events?.payloadType,
    usable,
    decoders,
    remote: { address: audio.address, port: audio.port },
    direction: zeroAddress ? 'inactive' : audio.direction,
    peerHolds: zeroAddress || audio.direction === 'sendonly' || audio.direction === 'inactive',
    mediaIndex,
  });
};

const lawOf = (name: string): G711Law | undefined => (name === 'pcmu' || name === 'pcma' ? name : undefined);

const fitsTransport = (section: SdpMedia, kind: LegKind): boolean =>
  PROTOCOLS[kind].test(section.protocol) && (kind === 'rtp' || (section.hasFingerprint && section.hasIceCredentials));

/** What an answer says to an offer of that direction: we always send and listen where we may (RFC 3264 section 6.1). */
const ANSWER_DIRECTION: Record<Direction, Direction> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

export interface LocalRtp {
  readonly address: string;
  readonly port: number;
  readonly sessionId: number;
  /** Rises with every SDP of this leg. */
  readonly version: number;
}

const sessionLines = (local: LocalRtp): string[] => [
  'v=0',
  `o=- ${local.sessionId} ${local.version} IN IP4 ${local.address}`,
  's=-',
  `c=IN IP4 ${local.address}`,
  't=0 0',
];

const telephoneEventLines = (payloadType: number): string[] => [
  `a=rtpmap:${payloadType} telephone-event/8000`,
  `a=fmtp:${payloadType} 0-15`,
];

const sdpText = (lines: readonly string[]): string => `${lines.join('\r\n')}\r\n`;

export const writeRtpOffer = (local: LocalRtp): string =>
  sdpText([
    ...sessionLines(local),
    `m=audio ${local.port} RTP/AVP 0 8 ${OFFERED_TELEPHONE_EVENT}`,
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:8 PCMA/8000',
    ...telephoneEventLines(OFFERED_TELEPHONE_EVENT),
    'a=ptime:20',
    'a=sendrecv',
  ]);

/** Every media line of the offer is answered, those but the agreed one with port 0 (RFC 3264 section 6). */
export const writeRtpAnswer = (offer: Sdp, agreement: AudioAgreement, local: LocalRtp): string =>
  sdpText([
    ...sessionLines(local),
    ...offer.media.flatMap((section, index) =>
      index === agreement.mediaIndex
        ? agreedLines(agreement, local)
        : [`m=${section.kind} 0 ${section.protocol} ${section.formats.join(' ')}`],
    ),
  ]);

const agreedLines = (agreement: AudioAgreement, local: LocalRtp): string[] => {
  const { law, payloadType, telephoneEvent } = agreement;
  const formats = telephoneEvent === undefined ? [payloadType] : [payloadType, telephoneEvent];
  return [
    `m=audio ${local.port} RTP/AVP ${formats.join(' ')}`,
    `a=rtpmap:${payloadType} ${law.toUpperCase()}/8000`,
    ...(telephoneEvent === undefined ? [] : telephoneEventLines(telephoneEvent)),
    'a=ptime:20',
    `a=${ANSWER_DIRECTION[agreement.direction]}`,
  ];
};
