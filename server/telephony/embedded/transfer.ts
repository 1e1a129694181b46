import type { ChannelId, TransferHandle } from '../port.ts';
import type { CallParts } from './call.ts';
import { dialledNumber } from './caller-number.ts';
import { type HeaderField, headerList, type SipRequest } from './sip-message.ts';
import { type Reply, reasonOf } from './sip-requests.ts';
import { parseNameAddress, parseSipUri } from './sip-uri.ts';

/** What a REFER asks for (RFC 3515; with Replaces RFC 5589 section 7). */
export type ReferAsked =
  | { readonly type: 'transfer'; readonly target: string }
  | { readonly type: 'join'; readonly consultation: ChannelId }
  | { readonly type: 'refused'; readonly reply: Reply };

const refuse = (status: number): ReferAsked => ({ type: 'refused', reply: { status } });

export const readRefer = (refer: SipRequest, seat: string, find: CallParts['findConsultation']): ReferAsked => {
  const targets = headerList(refer.headers, 'Refer-To');
  const address = parseNameAddress(targets[0] ?? '');
  // Section 2.4.1: exactly one.
  if (targets.length !== 1 || !address.ok) return refuse(400);
  const uri = parseSipUri(address.value.uri);
  if (!uri.ok) return refuse(416);
  const replaces = new URLSearchParams(uri.value.headers).get('Replaces') ?? undefined;
  if (replaces === undefined) {
    const target = dialledNumber(address.value.uri);
    return target === undefined ? refuse(404) : { type: 'transfer', target };
  }
  const [callId = '', ...params] = replaces.split(';');
  const tag = (name: string): string =>
    params.find((param) => param.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  // RFC 3891 section 3: the tags as the party that is asked to replace sees them, which is us.
  const consultation = find(seat, { callId, localTag: tag('to-tag'), remoteTag: tag('from-tag') });
  return consultation === undefined ? refuse(481) : { type: 'join', consultation };
};

/**
 * The subscription a REFER makes: NOTIFY at once, then one for each report, the last of which ends
 * it (RFC 3515 section 2.4.4).
 */
export const reportTransfer = (
  refer: SipRequest,
  sendNotify: (more: readonly HeaderField[], body: string) => void,
): TransferHandle => {
  let over = false;
  const notify = (status: number): void => {
    over = status >= 200;
    sendNotify(
      [
        { name: 'Event', value: `refer;id=${refer.cseq.number}` },
        { name: 'Subscription-State', value: over ? 'terminated;reason=noresource' : 'active;expires=60' },
        { name: 'Content-Type', value: 'message/sipfrag;version=2.0' },
      ],
      `SIP/2.0 ${status} ${reasonOf(status)}\r\n`,
    );
  };
  notify(100);
  return {
    report: (sipStatus) => {
      if (!over) notify(sipStatus);
    },
  };
};
