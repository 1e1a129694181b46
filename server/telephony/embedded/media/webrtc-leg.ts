import { RTCPeerConnection, RTCRtpCodecParameters, type RTCRtpTransceiver, RtpHeader, type RtpPacket } from 'werift';
import { ok, type Result, refused } from '../../../../domain/result.ts';
import { AudioStream } from './audio-stream.ts';
import { LegEvents } from './leg-events.ts';
import type { MediaLeg, SdpRefusal } from './media-leg.ts';
import { type AudioAgreement, agreeOnAudio } from './negotiate.ts';
import { emptyRtpView, RTP_HEADER_BYTES } from './rtp-packet.ts';
import { parseSdp } from './sdp.ts';

interface WebrtcLegOptions {
  readonly bindAddress: string;
  readonly advertisedAddress: string;
  readonly ports: { readonly first: number; readonly last: number };
  readonly warn: (message: string, details: Readonly<Record<string, unknown>>) => void;
  readonly onClose: () => void;
}

const CODECS = [
  { mimeType: 'audio/PCMU', payloadType: 0 },
  { mimeType: 'audio/PCMA', payloadType: 8 },
  { mimeType: 'audio/telephone-event', payloadType: 101 },
].map((codec) => new RTCRtpCodecParameters({ ...codec, clockRate: 8_000, channels: 1 }));

/**
 * A party on ICE and DTLS-SRTP. We are an ICE-lite agent (RFC 8445 section 2.5): our address is
 * reachable as it is, the party does all the checking, and no packet is ever sent to an address only
 * because an SDP named it.
 */
export class WebrtcLeg implements MediaLeg {
  readonly kind = 'webrtc';
  readonly audio: AudioStream;
  readonly #options: WebrtcLegOptions;
  readonly #events = new LegEvents();
  readonly #connection: RTCPeerConnection;
  readonly #transceiver: RTCRtpTransceiver;
  readonly #view = emptyRtpView();
  readonly #header = new RtpHeader();
  #iceRestarts = 0;
  #closed = false;

  constructor(options: WebrtcLegOptions) {
    this.#options = options;
    this.audio = new AudioStream((packet) => this.#send(packet), this.#events.emit);
    this.#connection = new RTCPeerConnection({
      codecs: { audio: CODECS, video: [] },
      bundlePolicy: 'max-bundle',
      iceServers: [],
      iceLite: true,
      icePortRange: [options.ports.first, options.ports.last],
      // Gathering from the machine's interfaces is off: the one candidate is the address we were given.
      iceUseIpv4: false,
      iceUseIpv6: false,
      iceAdditionalHostAddresses: [options.advertisedAddress],
      iceInterfaceAddresses: { udp4: options.bindAddress },
    });
    this.#transceiver = this.#connection.addTransceiver('audio', { direction: 'sendrecv' });
    const { dtlsTransport } = this.#transceiver;
    dtlsTransport.onRtp.subscribe((packet) => this.#receive(packet));
    dtlsTransport.onStateChange.subscribe((state) => {
      if (state === 'failed' || state === 'closed') this.audio.lose();
    });
  }

  get peerHolds(): boolean {
    return this.audio.peerHolds;
  }

  readonly onEvent = this.#events.on;

  createOffer = async (): Promise<string> => {
    await this.#connection.setLocalDescription(await this.#connection.createOffer());
    return this.#connection.localDescription?.sdp ?? '';
  };

  acceptAnswer = async (sdp: string): Promise<Result<void, SdpRefusal>> => {
    const agreement = this.#read(sdp);
    if (agreement.ok) {
      const applied = await this.#attempt(() => this.#apply('answer', sdp, agreement.value));
      if (!applied.ok) return applied;
      this.audio.agree(agreement.value);
      return ok(undefined);
    }
    if (!this.#closed) await this.#attempt(() => this.#connection.setLocalDescription({ type: 'rollback' }));
    return agreement;
  };

  acceptOffer = async (sdp: string): Promise<Result<string, SdpRefusal>> => {
    const agreement = this.#read(sdp);
    if (!agreement.ok) return agreement;
    const answer = await this.#attempt(async () => {
      await this.#apply('offer', sdp, agreement.value);
      this.#takeServerRole(sdp);
      await this.#connection.setLocalDescription(await this.#connection.createAnswer());
      this.#resumeAfterRestart();
      return this.#connection.localDescription?.sdp ?? '';
    });
    if (answer.ok) this.audio.agree(agreement.value);
    else await this.#attempt(() => this.#connection.setRemoteDescription({ type: 'rollback', sdp: '' }));
    return answer;
  };

  sendDigit = (digit: string, durationMs: number): void => this.audio.press(digit, durationMs);

  close = (): void => {
    if (this.#closed) return;
    this.#closed = true;
    this.#events.clear();
    void this.#attempt(() => this.#connection.close());
    this.#options.onClose();
  };

  #read(text: string): Result<AudioAgreement, SdpRefusal> {
    if (this.#closed) return refused('closed');
    const sdp = parseSdp(text);
    if (!sdp.ok) return sdp;
    // A data channel would bring up SCTP, for which no call has a use.
    if (sdp.value.media.some(({ kind }) => kind !== 'audio' && kind !== 'video')) return refused('wrong-transport');
    return agreeOnAudio(sdp.value, 'webrtc');
  }

  async #apply(type: 'offer' | 'answer', sdp: string, agreement: AudioAgreement): Promise<void> {
    await this.#connection.setRemoteDescription({ type, sdp: reduced(sdp, agreement) });
  }

  /** An SDP that passed our reading and still upsets the library is the party's fault, not a bug of ours. */
  async #attempt<Value>(step: () => Promise<Value>): Promise<Result<Value, SdpRefusal>> {
    try {
      return ok(await step());
    } catch (error) {
      if (this.#closed) return refused('closed');
      this.#options.warn('SDP refused by the WebRTC library', { error });
      return refused('malformed');
    }
  }

  /** As the DTLS server we need not wait before the handshake: the party begins as soon as ICE is up. */
  #takeServerRole(offer: string): void {
    const { dtlsTransport } = this.#transceiver;
    if (dtlsTransport.state === 'new' && !/^a=setup:passive\s*$/m.test(offer)) dtlsTransport.role = 'server';
  }

  /** The library takes up checks again only while DTLS is not up; after an ICE restart it is. */
  #resumeAfterRestart(): void {
    const { dtlsTransport } = this.#transceiver;
    const { iceTransport } = dtlsTransport;
    if (dtlsTransport.state !== 'connected' || iceTransport.iceRestarts === this.#iceRestarts) return;
    this.#iceRestarts = iceTransport.iceRestarts;
    iceTransport.start().catch((error: unknown) => {
      if (this.#closed) return;
      this.#options.warn('ICE restart failed', { error });
      this.audio.lose();
    });
  }

  #receive({ header, payload }: RtpPacket): void {
    const view = this.#view;
    view.payloadType = header.payloadType;
    view.marker = header.marker;
    view.sequence = header.sequenceNumber;
    view.timestamp = header.timestamp;
    view.ssrc = header.ssrc;
    view.payload = payload;
    this.audio.receive(view);
  }

  /**
   * Past the library's sender, which would force one payload type on key presses and audio alike, and
   * copy every packet twice.
   */
  #send(packet: Buffer): void {
    const { dtlsTransport, sender } = this.#transceiver;
    if (dtlsTransport.state !== 'connected') return;
    const header = this.#header;
    header.marker = packet.readUInt8(1) >= 0x80;
    header.payloadType = packet.readUInt8(1) & 0x7f;
    header.sequenceNumber = packet.readUInt16BE(2);
    header.timestamp = packet.readUInt32BE(4);
    header.ssrc = sender.ssrc;
    // Never rejects: the library counts a packet that it could not send as lost.
    void dtlsTransport.sendRtp(packet.subarray(RTP_HEADER_BYTES), header);
  }
}

/**
 * What the library gets to read of a party's SDP. Candidates are left out: the party's checks tell us
 * where it is, and we would only have to resolve them (`.local` names). Codecs are left out but the
 * agreed ones: the library would take telephone-event at a browser's 48 kHz for ours at 8 kHz.
 */
const reduced = (sdp: string, { mediaIndex, usable }: AudioAgreement): string =>
  sdp
    .replace(/^a=(?:candidate:.*|end-of-candidates)\r?\n/gm, '')
    .split(/^(?=m=)/m)
    .map((section, index) => (index === mediaIndex + 1 ? withCodecs(section, usable) : section))
    .join('');

const withCodecs = (section: string, usable: ReadonlySet<number>): string =>
  section
    .replace(/^(m=\S+ \S+ \S+) .*$/m, `$1 ${[...usable].join(' ')}`)
    .replace(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) .*\r?\n/gm, (line, payloadType) =>
      usable.has(Number(payloadType)) ? line : '',
    );
