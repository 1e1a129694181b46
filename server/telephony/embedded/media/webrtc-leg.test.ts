import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RTCPeerConnection, RTCRtpCodecParameters, type RTCRtpTransceiver, RtpHeader, type RtpPacket } from 'werift';
import { encodeG711, g711LinearTable } from './g711.ts';
import { createMediaEngine } from './media-engine.ts';
import type { MediaEngine, MediaLeg, MediaLegEvent } from './media-leg.ts';
import { likeness, speechLike } from './testing/signals.ts';

/** Stands in for a browser: a full ICE agent on loopback. */
class Browser {
  readonly connection: RTCPeerConnection;
  readonly transceiver: RTCRtpTransceiver;
  readonly heard: number[] = [];
  readonly packets: RtpPacket[] = [];
  #sequence = 100;
  #timestamp = 5_000;

  constructor() {
    const codec = (name: string, payloadType: number) =>
      new RTCRtpCodecParameters({ mimeType: `audio/${name}`, clockRate: 8_000, channels: 1, payloadType });
    this.connection = new RTCPeerConnection({
      codecs: { audio: [codec('PCMU', 0), codec('PCMA', 8), codec('telephone-event', 126)] },
      bundlePolicy: 'max-bundle',
      // The library asks a public STUN server unless told another; this one does not answer.
      iceServers: [{ urls: 'stun:127.0.0.1:9' }],
      iceStunGatherTimeout: 0.01,
      iceUseIpv4: false,
      iceUseIpv6: false,
      iceAdditionalHostAddresses: ['127.0.0.1'],
      iceInterfaceAddresses: { udp4: '127.0.0.1' },
    });
    this.transceiver = this.connection.addTransceiver('audio', { direction: 'sendrecv' });
    this.transceiver.dtlsTransport.onRtp.subscribe((packet) => {
      this.packets.push(packet);
      if (packet.header.payloadType !== 0) return;
      for (const byte of packet.payload) this.heard.push(g711LinearTable('pcmu')[byte] ?? 0);
    });
  }

  async offer(options: { iceRestart?: boolean } = {}): Promise<string> {
    await this.connection.setLocalDescription(await this.connection.createOffer(options));
    return this.connection.localDescription?.sdp ?? '';
  }

  async answer(sdp: string): Promise<string> {
    await this.connection.setRemoteDescription({ type: 'offer', sdp });
    await this.connection.setLocalDescription(await this.connection.createAnswer());
    return this.connection.localDescription?.sdp ?? '';
  }

  async say(samples: Int16Array): Promise<void> {
    const startedMs = performance.now();
    for (let at = 0; at + 160 <= samples.length; at += 160) {
      const payload = Buffer.alloc(160);
      encodeG711('pcmu', samples.subarray(at, at + 160), payload, 0);
      this.send(0, payload);
      this.#timestamp += 160;
      await sleep(Math.max(0, startedMs + at / 8 + 20 - performance.now()));
    }
  }

  send(payloadType: number, payload: Buffer): void {
    this.#sequence += 1;
    const { ssrc } = this.transceiver.sender;
    const header = new RtpHeader({ payloadType, sequenceNumber: this.#sequence, timestamp: this.#timestamp, ssrc });
    void this.transceiver.dtlsTransport.sendRtp(payload, header);
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let engine: MediaEngine;
const browsers: Browser[] = [];

beforeEach(() => {
  engine = createMediaEngine({
    bindAddress: '127.0.0.1',
    rtpPorts: { first: 46_400, last: 46_599 },
    promptFolders: [tmpdir()],
    latchSources: false,
    warn: () => undefined,
  });
});

afterEach(async () => {
  await engine.close();
  for (const { connection } of browsers.splice(0)) await connection.close();
});

const openLeg = async (): Promise<{ leg: MediaLeg; browser: Browser; events: MediaLegEvent[] }> => {
  const opened = await engine.openLeg('webrtc');
  if (!opened.ok) throw new Error(opened.error);
  const leg = opened.value;
  const events: MediaLegEvent[] = [];
  leg.onEvent((event) => events.push(event));
  const browser = new Browser();
  browsers.push(browser);
  return { leg, browser, events };
};

const heardUntil = async (browser: Browser, packets: number): Promise<void> => {
  const deadlineMs = performance.now() + 5_000;
  while (browser.packets.length < packets && performance.now() < deadlineMs) await sleep(5);
};

/** The seat's usual way: we offer, the softphone answers. */
const ring = async () => {
  const call = await openLeg();
  const offer = await call.leg.createOffer();
  expect(offer).toMatch(/a=candidate:.* 127\.0\.0\.1 \d+ typ host/);
  expect(offer).toContain('a=ice-lite');
  const accepted = await call.leg.acceptAnswer(await call.browser.answer(offer));
  expect(accepted.ok).toBe(true);
  await heardUntil(call.browser, 1);
  return call;
};

/** A web caller's way: it offers. */
const dial = async () => {
  const call = await openLeg();
  const answer = await call.leg.acceptOffer(await call.browser.offer());
  if (!answer.ok) throw new Error(answer.error);
  expect(answer.value).toContain('a=setup:passive');
  await call.browser.connection.setRemoteDescription({ type: 'answer', sdp: answer.value });
  await heardUntil(call.browser, 1);
  return call;
};

test('a softphone that answers and a web caller that offers talk over DTLS-SRTP', async () => {
  const [seat, caller] = [await ring(), await dial()];
  engine.bridge([seat.leg, caller.leg]);
  const [fromSeat, fromCaller] = [speechLike(1.5, 1), speechLike(1.5, 3)];
  await Promise.all([seat.browser.say(fromSeat), caller.browser.say(fromCaller)]);
  await sleep(200);
  const heardBy = (browser: Browser) => Int16Array.from(browser.heard);
  expect(likeness(fromSeat.subarray(2_000, 10_000), heardBy(caller.browser))).toBeGreaterThan(0.9);
  expect(likeness(fromCaller.subarray(2_000, 10_000), heardBy(seat.browser))).toBeGreaterThan(0.9);
  expect(seat.events).toContainEqual({ type: 'connected' });
});

test("a browser's telephone-event at 48 kHz is passed over for the one at 8 kHz", async () => {
  const { leg, browser } = await openLeg();
  const offer = (await browser.offer())
    .replace(/^(m=audio.*) 126/m, '$1 110 126')
    .replace('a=rtpmap:126', 'a=rtpmap:110 telephone-event/48000\r\na=rtpmap:126');
  const answer = await leg.acceptOffer(offer);
  expect(answer.ok && answer.value.match(/telephone-event.*/g)).toEqual(['telephone-event/8000']);
});

test('key presses come in, and go out under the payload type that the party chose', async () => {
  const { leg, browser, events } = await dial();
  for (const flags of [0x0a, 0x8a, 0x8a, 0x8a]) browser.send(126, Buffer.from([3, flags, 0x03, 0x20]));
  await sleep(100);
  expect(events).toContainEqual({ type: 'digit', digit: '3', durationMs: 100 });
  leg.sendDigit('8', 100);
  await sleep(400);
  const sent = browser.packets.filter(({ header }) => header.payloadType === 126);
  expect(sent.length).toBeGreaterThan(4);
  expect(sent.at(-1)?.payload[0]).toBe(8);
});

test('hold, resume and an ICE restart by the party keep the call', async () => {
  const { leg, browser } = await ring();
  const reoffer = async (sdp: string): Promise<string> => {
    const answer = await leg.acceptOffer(sdp);
    if (!answer.ok) throw new Error(answer.error);
    await browser.connection.setRemoteDescription({ type: 'answer', sdp: answer.value });
    return answer.value;
  };
  browser.transceiver.setDirection('sendonly');
  expect(await reoffer(await browser.offer())).toContain('a=recvonly');
  expect(leg.peerHolds).toBe(true);
  await sleep(60);
  const whileHeld = browser.packets.length;
  await sleep(200);
  expect(browser.packets.length).toBe(whileHeld);

  browser.transceiver.setDirection('sendrecv');
  expect(await reoffer(await browser.offer())).toContain('a=sendrecv');
  expect(leg.peerHolds).toBe(false);
  await sleep(200);
  expect(browser.packets.length).toBeGreaterThan(whileHeld + 5);

  await reoffer(await browser.offer({ iceRestart: true }));
  void browser.transceiver.dtlsTransport.iceTransport.start();
  await sleep(1_000);
  const afterRestart = browser.packets.length;
  await sleep(400);
  expect(browser.packets.length).toBeGreaterThan(afterRestart + 10);
});

test('a re-offer that cannot be used is refused and the media go on', async () => {
  const { leg, browser } = await ring();
  const offer = await browser.offer();
  expect(await leg.acceptOffer(offer.replace(/PCM[UA]/g, 'opus').replaceAll(' 0 8 ', ' 96 97 '))).toEqual({
    ok: false,
    error: 'no-common-codec',
  });
  expect(await leg.acceptOffer('v=0\r\nrubbish')).toEqual({ ok: false, error: 'malformed' });
  expect(await leg.acceptOffer(offer.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP'))).toEqual({
    ok: false,
    error: 'wrong-transport',
  });
  const before = browser.packets.length;
  await sleep(300);
  expect(browser.packets.length).toBeGreaterThan(before + 8);
});
