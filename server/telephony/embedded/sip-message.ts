import { ok, type Result, refused } from '../../../domain/result.ts';
import { type NameAddress, parseNameAddress, parseParams, splitOutsideQuotes } from './sip-uri.ts';

/** A header field as it stands in the message; `name` in its long form. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

export interface Via {
  readonly transport: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly params: ReadonlyMap<string, string>;
}

/** What every message has; parsed once, because every layer asks for it. */
interface SipBase {
  readonly headers: readonly HeaderField[];
  readonly body: string;
  readonly via: Via;
  readonly from: NameAddress;
  readonly to: NameAddress;
  readonly callId: string;
  readonly cseq: { readonly number: number; readonly method: string };
}

export interface SipRequest extends SipBase {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
}

export interface SipResponse extends SipBase {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
}

export type SipMessage = SipRequest | SipResponse;

export type ParseFailure =
  | 'too-large'
  | 'no-end-of-headers'
  | 'bad-start-line'
  | 'bad-header'
  | 'too-many-headers'
  | 'missing-header'
  | 'repeated-header'
  | 'bad-via'
  | 'bad-address'
  | 'bad-cseq'
  | 'bad-length';

export const maxMessageBytes = 65_536;
const maxHeaders = 128;
const maxLineLength = 8_192;

/** RFC 3261 section 7.3.3 and the extensions that define one. */
const compactForms: ReadonlyMap<string, string> = new Map([
  ['i', 'Call-ID'],
  ['m', 'Contact'],
  ['e', 'Content-Encoding'],
  ['l', 'Content-Length'],
  ['c', 'Content-Type'],
  ['f', 'From'],
  ['s', 'Subject'],
  ['k', 'Supported'],
  ['t', 'To'],
  ['v', 'Via'],
  ['r', 'Refer-To'],
  ['b', 'Referred-By'],
  ['o', 'Event'],
  ['u', 'Allow-Events'],
  ['x', 'Session-Expires'],
]);

/** Two of these in a message mean that two readers would see two messages. */
const onlyOnce = new Set([
  'from',
  'to',
  'call-id',
  'cseq',
  'content-length',
  'content-type',
  'max-forwards',
  'expires',
  'refer-to',
]);

const methodPattern = /^[A-Za-z0-9\-.!%*_+`'~]{1,32}$/;
const requestLine = /^([A-Za-z0-9\-.!%*_+`'~]{1,32}) ([^\s<>"]+) SIP\/2\.0$/i;
const statusLine = /^SIP\/2\.0 ([1-6]\d\d) (.*)$/i;
const headerLine = /^([A-Za-z0-9\-.!%*_+`'~]{1,64})[ \t]*:[ \t]*(.*)$/s;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control signs are what must not stand in a header.
const forbiddenSigns = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/**
 * One SIP message from one datagram or WebSocket frame: never throws, refuses what it cannot read
 * one way only. Bytes after Content-Length are cut off (RFC 3261 section 18.3), missing ones are an error.
 */
export const parseMessage = (bytes: Buffer): Result<SipMessage, ParseFailure> => {
  if (bytes.length > maxMessageBytes) return refused('too-large');
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return refused('no-end-of-headers');
  const [startLine = '', ...lines] = unfold(bytes.toString('utf8', 0, end));
  const headers: HeaderField[] = [];
  const seen = new Set<string>();
  if (lines.length > maxHeaders) return refused('too-many-headers');
  for (const line of lines) {
    const match = line.length <= maxLineLength ? headerLine.exec(line) : null;
    const [, written = '', value = ''] = match ?? [];
    if (!match || forbiddenSigns.test(value)) return refused('bad-header');
    const name = compactForms.get(written.toLowerCase()) ?? written;
    const key = name.toLowerCase();
    if (seen.has(key) && onlyOnce.has(key)) return refused('repeated-header');
    seen.add(key);
    headers.push({ name, value: value.trim() });
  }
  const body = bodyOf(headers, bytes.subarray(end + 4));
  if (body === undefined) return refused('bad-length');
  const base = parseBase(headers, body);
  return base.ok ? withStartLine(startLine, base.value) : base;
};

/** Header lines with their continuations joined (section 7.3.1). */
const unfold = (head: string): string[] => head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');

const bodyOf = (headers: readonly HeaderField[], rest: Buffer): string | undefined => {
  const length = headerValue(headers, 'Content-Length');
  if (length === undefined) return rest.toString('utf8');
  if (!/^\d{1,6}$/.test(length) || Number(length) > rest.length) return undefined;
  return rest.toString('utf8', 0, Number(length));
};

const parseBase = (headers: readonly HeaderField[], body: string): Result<SipBase, ParseFailure> => {
  const topVia = headerList(headers, 'Via')[0];
  const from = headerValue(headers, 'From');
  const to = headerValue(headers, 'To');
  const callId = headerValue(headers, 'Call-ID');
  const cseq = headerValue(headers, 'CSeq');
  if (topVia === undefined || from === undefined || to === undefined || !callId || cseq === undefined) {
    return refused('missing-header');
  }
  const via = parseVia(topVia);
  if (!via) return refused('bad-via');
  const fromAddress = parseNameAddress(from);
  const toAddress = parseNameAddress(to);
  if (!fromAddress.ok || !toAddress.ok || /\s/.test(callId)) return refused('bad-address');
  const [, number = '', method = ''] = /^(\d{1,10})[ \t]+(\S+)$/.exec(cseq) ?? [];
  // Section 8.1.1.5: below 2**31.
  if (!methodPattern.test(method) || Number(number) >= 2 ** 31) return refused('bad-cseq');
  return ok({
    headers,
    body,
    via,
    from: fromAddress.value,
    to: toAddress.value,
    callId,
    cseq: { number: Number(number), method },
  });
};

const withStartLine = (line: string, base: SipBase): Result<SipMessage, ParseFailure> => {
  if (line.length > maxLineLength || forbiddenSigns.test(line)) return refused('bad-start-line');
  const status = statusLine.exec(line);
  if (status) return ok({ ...base, kind: 'response', status: Number(status[1]), reason: status[2] ?? '' });
  const [, method, uri] = requestLine.exec(line) ?? [];
  if (method === undefined || uri === undefined) return refused('bad-start-line');
  return method === base.cseq.method ? ok({ ...base, kind: 'request', method, uri }) : refused('bad-cseq');
};

const viaPattern =
  /^SIP[ \t]*\/[ \t]*2\.0[ \t]*\/[ \t]*(\w{1,16})[ \t]+([A-Za-z0-9\-._]+|\[[0-9A-Fa-f:.]+\])(?:[ \t]*:[ \t]*(\d{1,5}))?[ \t]*((?:;.*)?)$/i;

const parseVia = (text: string): Via | undefined => {
  const [, transport, host, port, rest = ''] = viaPattern.exec(text) ?? [];
  const params = parseParams(rest);
  if (transport === undefined || host === undefined || !params || Number(port ?? 1) > 65_535) return undefined;
  return {
    transport: transport.toUpperCase(),
    host: host.toLowerCase(),
    port: port === undefined ? undefined : Number(port),
    params,
  };
};

/** The first value of that name. */
export const headerValue = (headers: readonly HeaderField[], name: string): string | undefined => {
  const wanted = name.toLowerCase();
  return headers.find((header) => header.name.toLowerCase() === wanted)?.value;
};

/** All values of a header whose values may share a line, separated by commas. */
export const headerList = (headers: readonly HeaderField[], name: string): string[] => {
  const wanted = name.toLowerCase();
  return headers
    .filter((header) => header.name.toLowerCase() === wanted)
    .flatMap((header) => splitOutsideQuotes(header.value, ','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
};

/** The message on the wire. Throws where a value would break out of its line: that is a bug of ours. */
export const serialize = (startLine: string, headers: readonly HeaderField[], body: string): string => {
  const lines = [startLine];
  for (const { name, value } of headers) {
    if (name.toLowerCase() === 'content-length') continue;
    lines.push(`${name}: ${value}`);
  }
  const broken = lines.find((line) => forbiddenSigns.test(line));
  if (broken !== undefined) throw new Error('A header value holds a control sign');
  return `${lines.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};

export const serializeRequest = (request: Pick<SipRequest, 'method' | 'uri' | 'headers' | 'body'>): string =>
  serialize(`${request.method} ${request.uri} SIP/2.0`, request.headers, request.body);

export const serializeResponse = (response: Pick<SipResponse, 'status' | 'reason' | 'headers' | 'body'>): string =>
  serialize(`SIP/2.0 ${response.status} ${response.reason}`, response.headers, response.body);
