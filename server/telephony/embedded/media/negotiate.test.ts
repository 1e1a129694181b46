import { expect, test } from 'vitest';
import type { LegKind } from './media-leg.ts';
import { agreeOnAudio, writeRtpAnswer, writeRtpOffer } from './negotiate.ts';
import { parseSdp } from './sdp.ts';

const sdp = (...media: string[]): string =>
  ['v=0', 'o=- 1 1 IN IP4 10.0.0.9', 's=-', 'c=IN IP4 10.0.0.9', 't=0 0', ...media, ''].join('\r\n');

const parsed = (text: string) => {
  const result = parseSdp(text);
  if (!result.ok) throw new Error(result.error);
  return result.value;
};

const agree = (text: string, kind: LegKind = 'rtp') => agreeOnAudio(parsed(text), kind);

const agreed = (text: string) => {
  const result = agree(text);
  if (!result.ok) throw new Error(result.error);
  return result.value;
};

const local = { address: '10.0.0.1', port: 40_000, sessionId: 7, version: 3 };

test('takes the first G.711 codec of the party and its telephone-event number', () => {
  const agreement = agreed(
    sdp('m=audio 5004 RTP/AVP 9 8 0 97 98', 'a=rtpmap:97 telephone-event/48000', 'a=rtpmap:98 telephone-event/8000'),
  );
  expect(agreement).toMatchObject({
    law: 'pcma',
    payloadType: 8,
    telephoneEvent: 98,
    remote: { address: '10.0.0.9', port: 5_004 },
    direction: 'sendrecv',
    peerHolds: false,
  });
  expect(agreement.decoders.get(0)).toBe('pcmu');
  expect(agreement.decoders.get(98)).toBe('telephone-event');
});

test('refuses what cannot be a call of ours, and says why', () => {
  const reason = (text: string, kind?: LegKind) => {
    const result = agree(text, kind);
    return result.ok ? 'agreed' : result.error;
  };
  expect(reason(sdp('m=audio 5004 RTP/AVP 9 18', 'a=rtpmap:9 G722/8000'))).toBe('no-common-codec');
  expect(reason(sdp('m=audio 5004 RTP/AVP 96', 'a=rtpmap:96 PCMU/16000'))).toBe('no-common-codec');
  expect(reason(sdp('m=video 5004 RTP/AVP 96'))).toBe('no-audio');
  expect(reason(sdp('m=audio 0 RTP/AVP 0'))).toBe('no-audio');
  expect(reason(sdp('m=audio 5004 RTP/SAVP 0'))).toBe('wrong-transport');
  expect(reason(sdp('m=audio 5004 UDP/TLS/RTP/SAVPF 0'), 'webrtc')).toBe('wrong-transport');
  expect(reason(sdp('m=audio 5004 RTP/AVP 0'), 'webrtc')).toBe('wrong-transport');
  expect(reason(sdp('m=audio 9 UDP/TLS/RTP/SAVPF 0', 'a=fingerprint:sha-256 AA', 'a=ice-ufrag:x'), 'webrtc')).toBe(
    'agreed',
  );
});

test('hold by direction, at the session too, and by the address 0.0.0.0', () => {
  expect(agreed(sdp('m=audio 5004 RTP/AVP 0', 'a=sendonly')).peerHolds).toBe(true);
  expect(agreed(sdp('a=inactive', 'm=audio 5004 RTP/AVP 0')).peerHolds).toBe(true);
  expect(agreed(sdp('a=inactive', 'm=audio 5004 RTP/AVP 0', 'a=sendrecv')).peerHolds).toBe(false);
  expect(agreed(sdp('m=audio 5004 RTP/AVP 0', 'c=IN IP4 0.0.0.0'))).toMatchObject({
    peerHolds: true,
    direction: 'inactive',
  });
});

test('answers every media line, mirrors numbers and direction (RFC 3264 section 6)', () => {
  const offer = sdp(
    'm=video 5002 RTP/AVP 99',
    'm=audio 5004 RTP/AVP 0 96',
    'a=rtpmap:96 telephone-event/8000',
    'a=sendonly',
    'm=audio 5006 RTP/AVP 0',
  );
  const answer = writeRtpAnswer(parsed(offer), agreed(offer), local);
  expect(answer).toMatch(/^m=video 0 RTP\/AVP 99\r\n/m);
  expect(answer).toMatch(/^m=audio 40000 RTP\/AVP 0 96\r\n/m);
  expect(answer).toMatch(/^m=audio 0 RTP\/AVP 0\r\n/m);
  expect(answer).toContain('a=recvonly\r\n');
  expect(answer).toContain('o=- 7 3 IN IP4 10.0.0.1\r\n');
  expect(agree(answer).ok).toBe(true);
});

test('our own offer is one that we would accept', () => {
  expect(agreed(writeRtpOffer(local))).toMatchObject({ law: 'pcmu', telephoneEvent: 101, remote: { port: 40_000 } });
});

test('an SDP is bounded and must be in form', () => {
  const bad = [
    '',
    'rubbish',
    'v=1\r\n',
    sdp('m=audio 99999 RTP/AVP 0'),
    sdp('m=audio x RTP/AVP 0'),
    sdp('m=audio 5004 RTP/AVP'),
    sdp('m=audio 5004 RTP/AVP 0', 'c=IN IP4 evil.example'),
    sdp('m=audio 5004 RTP/AVP 0', 'a=rtpmap:0'),
    sdp('m=audio 5004 RTP/AVP 0\rm=video 1 RTP/AVP 0'),
    sdp('m=audio 5004 RTP/AVP 0', `a=x:${'y'.repeat(70_000)}`),
    sdp(...Array.from({ length: 17 }, () => 'm=audio 5004 RTP/AVP 0')),
    sdp('m=audio 5004 RTP/AVP 0', ...Array.from({ length: 2_100 }, () => 'a=x')),
  ];
  for (const text of bad) expect(parseSdp(text)).toEqual({ ok: false, error: 'malformed' });
});
