import { isIP } from 'node:net';
import { ok, type Result, refused } from '../../../../domain/result.ts';

/** RFC 8866, the lines that audio negotiation reads; everything else is passed over. */

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface SdpCodec {
  readonly payloadType: number;
  /** Lower case: `pcmu`, `telephone-event`. */
  readonly name: string;
  readonly clockRateHz: number;
}

export interface SdpMedia {
  readonly kind: string;
  readonly port: number;
  readonly protocol: string;
  /** The formats as written; payload types for RTP. */
  readonly formats: readonly string[];
  /** In the order of preference; RTP media only. */
  readonly codecs: readonly SdpCodec[];
  /** The media's own address or the session's. */
  readonly address: string | undefined;
  readonly direction: Direction;
  readonly hasFingerprint: boolean;
  readonly hasIceCredentials: boolean;
}

export interface Sdp {
  readonly media: readonly SdpMedia[];
}

/** Chromium's largest audio-and-video offers stay below a tenth of this. */
const MAX_BYTES = 65_536;
const MAX_LINES = 2_000;
const MAX_MEDIA = 16;
const MAX_FORMATS = 64;
const CONTROL_CHARACTER = /\p{Cc}/u;

/** Payload types that need no rtpmap (RFC 3551 section 6), those of them that matter here. */
const STATIC_CODECS: Readonly<Record<string, string>> = { '0': 'pcmu', '8': 'pcma' };

interface Scope {
  address: string | undefined;
  direction: Direction | undefined;
  fingerprint: boolean;
  ice: boolean;
}

interface MediaDraft extends Scope {
  readonly kind: string;
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly string[];
  readonly maps: Map<string, { readonly name: string; readonly clockRateHz: number }>;
}

const newScope = (): Scope => ({ address: undefined, direction: undefined, fingerprint: false, ice: false });

export const parseSdp = (text: string): Result<Sdp, 'malformed'> => {
  if (text.length > MAX_BYTES) return refused('malformed');
  const lines = text.split(/\r?\n/);
  if (lines.length > MAX_LINES || lines[0] !== 'v=0') return refused('malformed');
  const session = newScope();
  const drafts: MediaDraft[] = [];
  for (const line of lines.slice(1)) {
    if (line === '') continue;
    if (line.charAt(1) !== '=' || CONTROL_CHARACTER.test(line)) return refused('malformed');
    const value = line.slice(2);
    if (line.charAt(0) === 'm') {
      const draft = parseMediaLine(value);
      if (!draft || drafts.length === MAX_MEDIA) return refused('malformed');
      drafts.push(draft);
      continue;
    }
    const media = drafts.at(-1);
    if (!parseLine(line.charAt(0), value, media ?? session, media)) return refused('malformed');
  }
  return ok({ media: drafts.map((draft) => finish(draft, session)) });
};

const parseMediaLine = (value: string): MediaDraft | undefined => {
  const [kind, portText, protocol, ...formats] = value.split(' ').filter((word) => word !== '');
  const port = /^(\d{1,5})(?:\/1)?$/.exec(portText ?? '')?.[1];
  if (!kind || port === undefined || Number(port) > 65_535 || !protocol) return undefined;
  if (formats.length === 0 || formats.length > MAX_FORMATS) return undefined;
  return { ...newScope(), kind, port: Number(port), protocol, formats, maps: new Map() };
};

const parseLine = (type: string, value: string, scope: Scope, media: MediaDraft | undefined): boolean => {
  if (type === 'c') {
    const address = /^IN IP[46] ([0-9A-Fa-f.:]{2,45})(?:\/\d+)*$/.exec(value)?.[1];
    if (address === undefined || isIP(address) === 0) return false;
    scope.address = address;
    return true;
  }
  return type === 'a' ? parseAttribute(value, scope, media) : true;
};

const parseAttribute = (attribute: string, scope: Scope, media: MediaDraft | undefined): boolean => {
  const colon = attribute.indexOf(':');
  const name = colon < 0 ? attribute : attribute.slice(0, colon);
  switch (name) {
    case 'sendrecv':
    case 'sendonly':
    case 'recvonly':
    case 'inactive':
      scope.direction = name;
      return true;
    case 'fingerprint':
      scope.fingerprint = true;
      return true;
    case 'ice-ufrag':
      scope.ice = true;
      return true;
    case 'rtpmap': {
      if (!media) return false;
      const map = /^(\d{1,3}) ([\w.+-]{1,32})\/(\d{1,6})(?:\/\d{1,2})?\s*$/.exec(attribute.slice(colon + 1));
      if (!map?.[1] || !map[2]) return false;
      media.maps.set(map[1], { name: map[2].toLowerCase(), clockRateHz: Number(map[3]) });
      return true;
    }
    default:
      return true;
  }
};

const finish = (draft: MediaDraft, session: Scope): SdpMedia => ({
  kind: draft.kind,
  port: draft.port,
  protocol: draft.protocol,
  formats: draft.formats,
  codecs: draft.formats.flatMap((format): SdpCodec[] => {
    const payloadType = /^\d{1,3}$/.test(format) ? Number(format) : 128;
    if (payloadType > 127) return [];
    const known = STATIC_CODECS[format];
    const map = draft.maps.get(format) ?? (known ? { name: known, clockRateHz: 8_000 } : undefined);
    return map ? [{ payloadType, ...map }] : [];
  }),
  address: draft.address ?? session.address,
  direction: draft.direction ?? session.direction ?? 'sendrecv',
  hasFingerprint: draft.fingerprint || session.fingerprint,
  hasIceCredentials: draft.ice || session.ice,
});
