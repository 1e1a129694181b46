import {
  type HeaderField,
  headerList,
  headerValue,
  type SipRequest,
  type SipResponse,
  type Via,
} from './sip-message.ts';
import { fields, makeRequest } from './sip-requests.ts';
import { parseNameAddress, parseSipUri } from './sip-uri.ts';

/**
 * What both ends of a call agree on (RFC 3261 section 12), as a value: requests and responses make
 * the next one from it.
 */
export interface Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** Whole From and To values of our requests, tags included. */
  readonly local: string;
  readonly remote: string;
  readonly remoteTarget: string;
  readonly routeSet: readonly string[];
  readonly localSequence: number;
  /** undefined until the peer has sent a request. */
  readonly remoteSequence: number | undefined;
}

/** From an INVITE that came to us (section 12.1.1); undefined where it has no usable Contact. */
export const dialogOfIncoming = (invite: SipRequest, localTag: string): Dialog | undefined => {
  const remoteTarget = contactUri(invite.headers);
  if (remoteTarget === undefined) return undefined;
  return {
    callId: invite.callId,
    localTag,
    remoteTag: invite.from.params.get('tag') ?? '',
    local: `${headerValue(invite.headers, 'To') ?? ''};tag=${localTag}`,
    remote: headerValue(invite.headers, 'From') ?? '',
    remoteTarget,
    routeSet: headerList(invite.headers, 'Record-Route'),
    localSequence: 0,
    remoteSequence: invite.cseq.number,
  };
};

/** From the 2xx to an INVITE of ours (section 12.1.2). */
export const dialogOfOutgoing = (invite: SipRequest, response: SipResponse): Dialog | undefined => {
  const remoteTarget = contactUri(response.headers);
  if (remoteTarget === undefined) return undefined;
  return {
    callId: invite.callId,
    localTag: invite.from.params.get('tag') ?? '',
    remoteTag: response.to.params.get('tag') ?? '',
    local: headerValue(invite.headers, 'From') ?? '',
    remote: headerValue(response.headers, 'To') ?? '',
    remoteTarget,
    routeSet: headerList(response.headers, 'Record-Route').reverse(),
    localSequence: invite.cseq.number,
    remoteSequence: undefined,
  };
};

const contactUri = (headers: readonly HeaderField[]): string | undefined => {
  const contact = parseNameAddress(headerList(headers, 'Contact')[0] ?? '');
  return contact.ok && parseSipUri(contact.value.uri).ok ? contact.value.uri : undefined;
};

/** The dialog after a request of the peer; undefined where the request is older than one already seen (section 12.2.2). */
export const afterRequest = (dialog: Dialog, request: SipRequest): Dialog | undefined =>
  dialog.remoteSequence !== undefined && request.cseq.number <= dialog.remoteSequence
    ? undefined
    : { ...dialog, remoteSequence: request.cseq.number };

/** The peer moved: target refresh by INVITE or UPDATE (section 12.2.2). */
export const withTargetOf = (dialog: Dialog, message: SipRequest | SipResponse): Dialog => ({
  ...dialog,
  remoteTarget: contactUri(message.headers) ?? dialog.remoteTarget,
});

interface InDialog {
  readonly method: string;
  readonly via: Via;
  readonly more: readonly HeaderField[];
  readonly body: string;
}

/** The next request in the dialog (section 12.2.1.1) and the dialog after it. */
export const requestInDialog = (
  dialog: Dialog,
  given: InDialog,
): { readonly dialog: Dialog; readonly request: SipRequest } => {
  const next = { ...dialog, localSequence: dialog.localSequence + 1 };
  return { dialog: next, request: build(next, next.localSequence, given) };
};

/** ACK of a 2xx: the CSeq number is the INVITE's (section 13.2.2.4). */
export const ackInDialog = (dialog: Dialog, inviteSequence: number, via: Via): SipRequest =>
  build(dialog, inviteSequence, { method: 'ACK', via, more: [], body: '' });

const build = (dialog: Dialog, cseq: number, given: InDialog): SipRequest => {
  const routed = route(dialog);
  return makeRequest({
    method: given.method,
    uri: routed.uri,
    via: given.via,
    from: dialog.local,
    to: dialog.remote,
    callId: dialog.callId,
    cseq,
    more: [...fields('Route', routed.routes), ...given.more],
    body: given.body,
  });
};

const route = (dialog: Dialog): { readonly uri: string; readonly routes: readonly string[] } => {
  const [first, ...others] = dialog.routeSet;
  const firstUri = first === undefined ? undefined : uriOf(first);
  if (first === undefined || firstUri === undefined || isLoose(firstUri)) {
    return { uri: dialog.remoteTarget, routes: dialog.routeSet };
  }
  // A strict router of RFC 2543: it finds its own name in the Request-URI, the target comes last.
  return { uri: firstUri, routes: [...others, `<${dialog.remoteTarget}>`] };
};

const uriOf = (address: string): string | undefined => {
  const parsed = parseNameAddress(address);
  return parsed.ok ? parsed.value.uri : undefined;
};

const isLoose = (uri: string): boolean => {
  const parsed = parseSipUri(uri);
  return parsed.ok && parsed.value.params.has('lr');
};

/** Where the dialog's next request goes: the topmost route, else the target. */
export const nextHop = (dialog: Dialog): string => {
  const [first] = dialog.routeSet;
  return (first === undefined ? undefined : uriOf(first)) ?? dialog.remoteTarget;
};
