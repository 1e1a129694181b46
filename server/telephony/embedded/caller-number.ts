import { headerList, headerValue, type SipRequest } from './sip-message.ts';
import { parseNameAddress, parseSipUri, unescapeUri } from './sip-uri.ts';

const telephoneNumber = /^[+\d*#]{1,32}$/;
const dialTarget = /^[+0-9A-Za-z*#]{1,32}$/;

/**
 * The caller's number as the trunk vouches for it: P-Asserted-Identity (RFC 3325; the trunk is in
 * the trust domain), else From. Empty where it is withheld or not a telephone number.
 */
export const callerNumber = (invite: SipRequest): string => {
  const asserted = headerList(invite.headers, 'P-Asserted-Identity')
    .map((value) => parseNameAddress(value))
    .map((address) => (address.ok ? numberOf(address.value.uri) : ''))
    .find((number) => number !== '');
  return asserted ?? numberOf(invite.from.uri);
};

const numberOf = (uri: string): string => {
  const user = /^tel:/i.test(uri) ? uri.slice(4) : sipUser(uri);
  // Parameters of a telephone number, and the signs people set in it to read it better (RFC 3966).
  const number = unescapeUri(user.split(';')[0] ?? '')?.replace(/[-.() ]/g, '') ?? '';
  return telephoneNumber.test(number) ? number : '';
};

const sipUser = (uri: string): string => {
  const parsed = parseSipUri(uri);
  return parsed.ok ? parsed.value.user : '';
};

/** The number or staff number a URI asks for; undefined where it is none a switch could dial. */
export const dialledNumber = (uri: string): string | undefined => {
  const user = unescapeUri(sipUser(uri).split(';')[0] ?? '');
  return user !== undefined && dialTarget.test(user) ? user : undefined;
};

/** The key of an INFO, by application/dtmf-relay or application/dtmf; undefined where it holds none. */
export const digitOfInfo = (info: SipRequest): { readonly digit: string; readonly durationMs: number } | undefined => {
  const type = headerValue(info.headers, 'Content-Type')?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/dtmf') return pressed(info.body.trim(), undefined);
  if (type !== 'application/dtmf-relay') return undefined;
  const signal = /^[ \t]*Signal[ \t]*=[ \t]*(\S+)[ \t]*$/im.exec(info.body)?.[1];
  const duration = /^[ \t]*Duration[ \t]*=[ \t]*(\d{1,5})[ \t]*$/im.exec(info.body)?.[1];
  return signal === undefined ? undefined : pressed(signal, duration);
};

const defaultDigitMs = 160;

const pressed = (
  signal: string,
  duration: string | undefined,
): { readonly digit: string; readonly durationMs: number } | undefined => {
  // Some phones send the event codes of RFC 4733 for the two signs.
  const digit = { '10': '*', '11': '#' }[signal] ?? signal.toUpperCase();
  return /^[0-9A-D*#]$/.test(digit)
    ? { digit, durationMs: duration === undefined ? defaultDigitMs : Number(duration) }
    : undefined;
};
