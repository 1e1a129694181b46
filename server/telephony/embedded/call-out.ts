import type { CallOutRequest, OriginateRequest } from '../port.ts';
import type { DigestAccount } from './digest-answer.ts';
import type { Flow } from './flow.ts';
import type { Called } from './outgoing-call.ts';
import type { Binding } from './registrar.ts';
import { fields } from './sip-requests.ts';
import { quote } from './sip-uri.ts';

/** The exchange that calls out go over. */
export interface TrunkOut {
  /** `host:port`; the host an IP address. */
  readonly host: string;
  readonly account: DigestAccount | undefined;
}

/** A seat's softphone, over the connection it registered. */
export const calledSeat = (asked: OriginateRequest, binding: Binding, domain: string): Called => {
  const user = asked.callerId === '' ? 'anonymous' : encodeURIComponent(asked.callerId);
  return {
    flow: binding.flow,
    uri: binding.contact,
    from: `${asked.callerId === '' ? '' : `${quote(asked.callerId)} `}<sip:${user}@${domain}>`,
    to: `<sip:${encodeURIComponent(asked.seat)}@${domain}>`,
    user,
    seat: asked.seat,
    kind: 'webrtc',
    headers: Object.entries(asked.headers).flatMap(([name, value]) => fields(name, [value])),
    ringMs: asked.ringMs,
    account: undefined,
  };
};

/** A number beyond the trunk, which is told ours: P-Asserted-Identity is what it shows (RFC 3325). */
export const calledNumber = (asked: CallOutRequest, trunk: TrunkOut, flow: Flow, ownHost: string): Called => {
  const own = `<sip:${encodeURIComponent(asked.callerId)}@${ownHost}>`;
  const uri = `sip:${encodeURIComponent(asked.number)}@${trunk.host}`;
  return {
    flow,
    uri,
    from: own,
    to: `<${uri}>`,
    user: encodeURIComponent(asked.callerId),
    seat: undefined,
    kind: 'rtp',
    headers: fields('P-Asserted-Identity', [own]),
    ringMs: asked.ringMs,
    account: trunk.account,
  };
};
