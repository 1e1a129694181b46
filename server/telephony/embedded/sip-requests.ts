import {
  type HeaderField,
  headerList,
  headerValue,
  type SipRequest,
  type SipResponse,
  type Via,
} from './sip-message.ts';
import { parseNameAddress } from './sip-uri.ts';

/** Methods a party may use with us; the Allow header and the answer to OPTIONS. */
export const allowedMethods = 'INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, REFER, UPDATE, NOTIFY';

/** Methods that SIP knows; one outside is 501, one inside but not allowed is 405. */
export const knownMethods = new Set(`${allowedMethods}, REGISTER, SUBSCRIBE, PUBLISH, MESSAGE, PRACK`.split(', '));

const reasons: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  200: 'OK',
  202: 'Accepted',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  415: 'Unsupported Media Type',
  416: 'Unsupported URI Scheme',
  420: 'Bad Extension',
  423: 'Interval Too Brief',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  483: 'Too Many Hops',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  491: 'Request Pending',
  500: 'Server Internal Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  603: 'Decline',
};

export const reasonOf = (status: number): string => reasons[status] ?? 'Unknown';

export const formatVia = (via: Via): string => {
  const port = via.port === undefined ? '' : `:${via.port}`;
  const params = [...via.params].map(([name, value]) => (value === '' ? `;${name}` : `;${name}=${value}`));
  return `SIP/2.0/${via.transport} ${via.host}${port}${params.join('')}`;
};

/** A request of ours; what every layer needs is parsed from its headers the way a peer's would be. */
export const makeRequest = (given: {
  readonly method: string;
  readonly uri: string;
  readonly via: Via;
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly cseq: number;
  readonly more: readonly HeaderField[];
  readonly body: string;
}): SipRequest => {
  const from = parseNameAddress(given.from);
  const to = parseNameAddress(given.to);
  if (!from.ok || !to.ok) throw new Error('A request of ours has a malformed From or To');
  return {
    kind: 'request',
    method: given.method,
    uri: given.uri,
    via: given.via,
    from: from.value,
    to: to.value,
    callId: given.callId,
    cseq: { number: given.cseq, method: given.method },
    headers: [
      { name: 'Via', value: formatVia(given.via) },
      { name: 'Max-Forwards', value: '70' },
      { name: 'From', value: given.from },
      { name: 'To', value: given.to },
      { name: 'Call-ID', value: given.callId },
      { name: 'CSeq', value: `${given.cseq} ${given.method}` },
      ...given.more,
    ],
    body: given.body,
  };
};

/** Header values of one name as fields. */
export const fields = (name: string, values: readonly string[]): HeaderField[] =>
  values.map((value) => ({ name, value }));

/** CANCEL of an INVITE: same branch, same CSeq number (section 9.1). `more` tells why (RFC 3326). */
export const makeCancel = (invite: SipRequest, more: readonly HeaderField[]): SipRequest => {
  const cancel = sameTransaction(invite, 'CANCEL', headerValue(invite.headers, 'To') ?? '');
  return { ...cancel, headers: [...cancel.headers, ...more] };
};

/** ACK of a refused INVITE: in its transaction, to the tag of the refusal (section 17.1.1.3). */
export const ackForRefusal = (invite: SipRequest, refusal: SipResponse): SipRequest =>
  sameTransaction(invite, 'ACK', headerValue(refusal.headers, 'To') ?? '');

const sameTransaction = (invite: SipRequest, method: string, to: string): SipRequest =>
  makeRequest({
    method,
    uri: invite.uri,
    via: invite.via,
    from: headerValue(invite.headers, 'From') ?? '',
    to,
    callId: invite.callId,
    cseq: invite.cseq.number,
    more: fields('Route', headerList(invite.headers, 'Route')),
    body: '',
  });

export interface Reply {
  readonly status: number;
  /** Further headers. */
  readonly more?: readonly HeaderField[];
  readonly body?: { readonly type: string; readonly text: string };
}

/** The answer to a request (section 8.2.6); `toTag` is added where the request has none and it is not a 100. */
export const makeResponse = (request: SipRequest, toTag: string, reply: Reply): SipResponse => {
  const to = headerValue(request.headers, 'To') ?? '';
  const tagged = request.to.params.has('tag') || reply.status === 100 ? to : `${to};tag=${toTag}`;
  return {
    ...request,
    kind: 'response',
    status: reply.status,
    reason: reasonOf(reply.status),
    headers: [
      ...request.headers.filter((header) => header.name.toLowerCase() === 'via'),
      { name: 'From', value: headerValue(request.headers, 'From') ?? '' },
      { name: 'To', value: tagged },
      { name: 'Call-ID', value: request.callId },
      { name: 'CSeq', value: `${request.cseq.number} ${request.cseq.method}` },
      ...(reply.more ?? []),
      ...(reply.body ? [{ name: 'Content-Type', value: reply.body.type }] : []),
    ],
    body: reply.body?.text ?? '',
  };
};
