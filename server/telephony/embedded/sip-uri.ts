import { ok, type Result, refused } from '../../../domain/result.ts';

/** A `sip:` or `sips:` URI (RFC 3261 section 19.1), its escapes kept as they came. */
export interface SipUri {
  readonly scheme: 'sip' | 'sips';
  /** Empty where the URI names a host only. */
  readonly user: string;
  readonly host: string;
  readonly port: number | undefined;
  /** Lower-case names; a parameter without a value has an empty one. */
  readonly params: ReadonlyMap<string, string>;
  /** What stands after `?`, unparsed. */
  readonly headers: string;
}

/** `"display" <uri>;params`, as in From, To, Contact, Route, Refer-To. */
export interface NameAddress {
  readonly display: string;
  /** Unparsed: it may be a `tel:` or another URI. */
  readonly uri: string;
  readonly params: ReadonlyMap<string, string>;
}

const maxUriLength = 2_048;
const userInfo = /^([\w\-.!~*'()&=+$,;?/%]+)(?::[\w\-.!~*'()%&=+$,]*)?$/;
const hostPart = /^([A-Za-z0-9\-._]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?((?:;[^;?]*)*)(?:\?(.*))?$/;
const token = /^[\w\-.!%*+`'~]+$/;
/** Signs of a SIP URI in no part of which blanks, quotes, angle brackets or control signs may stand. */
const uriSigns = /^[!#-;=?-~\u0080-\uffff]+$/;

export const parseSipUri = (text: string): Result<SipUri, 'malformed-uri'> => {
  const colon = text.indexOf(':');
  const scheme = text.slice(0, colon).toLowerCase();
  if (text.length > maxUriLength || !uriSigns.test(text) || (scheme !== 'sip' && scheme !== 'sips')) {
    return refused('malformed-uri');
  }
  const at = text.indexOf('@', colon);
  const [, user = ''] = at < 0 ? [] : (userInfo.exec(text.slice(colon + 1, at)) ?? []);
  const [, host = '', port, rest = '', headers = ''] = hostPart.exec(text.slice((at < 0 ? colon : at) + 1)) ?? [];
  const params = parseParams(rest);
  const portNumber = port === undefined ? undefined : Number(port);
  const portFits = portNumber === undefined || (portNumber >= 1 && portNumber <= 65_535);
  if (host === '' || (at >= 0 && user === '') || !params || !portFits) return refused('malformed-uri');
  return ok({ scheme, user, host: host.toLowerCase(), port: portNumber, params, headers });
};

/** Undoes `%41` escapes; undefined where they are not UTF-8. */
export const unescapeUri = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

export const parseNameAddress = (text: string): Result<NameAddress, 'malformed-address'> => {
  const trimmed = text.trim();
  const open = angleAfterDisplay(trimmed);
  if (open === undefined) return refused('malformed-address');
  if (open === -1) {
    // Without angle brackets parameters belong to the header, not to the URI (section 20.10).
    const semicolon = trimmed.indexOf(';');
    const uri = (semicolon < 0 ? trimmed : trimmed.slice(0, semicolon)).trim();
    const params = parseParams(semicolon < 0 ? '' : trimmed.slice(semicolon));
    if (!params || !isUri(uri) || uri.includes('?') || uri.includes(',')) return refused('malformed-address');
    return ok({ display: '', uri, params });
  }
  const close = trimmed.indexOf('>', open);
  if (close < 0) return refused('malformed-address');
  const uri = trimmed.slice(open + 1, close);
  const rest = trimmed.slice(close + 1).trim();
  const params = rest === '' || rest.startsWith(';') ? parseParams(rest) : undefined;
  if (!params || !isUri(uri)) return refused('malformed-address');
  return ok({ display: displayOf(trimmed.slice(0, open).trim()), uri, params });
};

const isUri = (text: string): boolean =>
  text.length <= maxUriLength && /^[A-Za-z][A-Za-z0-9+\-.]*:/.test(text) && uriSigns.test(text);

/** Place of the `<` after an optional display name, -1 where there is none, undefined where a quote stays open. */
const angleAfterDisplay = (text: string): number | undefined => {
  if (!text.startsWith('"')) return text.indexOf('<');
  const end = endOfQuoted(text, 0);
  if (end === undefined) return undefined;
  const open = text.indexOf('<', end);
  return open >= 0 && text.slice(end, open).trim() === '' ? open : undefined;
};

const displayOf = (text: string): string => (text.startsWith('"') ? unquote(text) : text);

/** Index after the closing quote of the quoted string that starts at `start`. */
export const endOfQuoted = (text: string, start: number): number | undefined => {
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === '"') return index + 1;
  }
  return undefined;
};

export const unquote = (text: string): string =>
  text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text;

export const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/**
 * `;name=value;flag;name="quoted; value"` with names in lower case; undefined where it is malformed.
 * A name given twice is malformed too: two readers would pick different ones.
 */
export const parseParams = (text: string): ReadonlyMap<string, string> | undefined => {
  const params = new Map<string, string>();
  for (const part of splitOutsideQuotes(text, ';').slice(1)) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase();
    const value = equals < 0 ? '' : part.slice(equals + 1).trim();
    if (!token.test(name) || params.has(name) || params.size >= 50) return undefined;
    params.set(name, unquote(value));
  }
  return splitOutsideQuotes(text, ';')[0]?.trim() === '' ? params : undefined;
};

/** Splits at a sign that stands neither in a quoted string nor between angle brackets. */
export const splitOutsideQuotes = (text: string, separator: ';' | ','): string[] => {
  const parts: string[] = [];
  let start = 0;
  let inAngles = false;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    if (sign === '"') index = (endOfQuoted(text, index) ?? text.length) - 1;
    else if (sign === '<') inAngles = true;
    else if (sign === '>') inAngles = false;
    else if (sign === separator && !inAngles) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
};
