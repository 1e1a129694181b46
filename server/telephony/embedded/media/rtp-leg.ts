import { randomInt } from 'node:crypto';
import { ok, type Result, refused } from '../../../../domain/result.ts';
import { AudioStream } from './audio-stream.ts';
import { LegEvents } from './leg-events.ts';
import type { MediaLeg, SdpRefusal } from './media-leg.ts';
import { agreeOnAudio, type LocalRtp, writeRtpAnswer, writeRtpOffer } from './negotiate.ts';
import type { RtpSocket } from './rtp-socket.ts';
import { parseSdp } from './sdp.ts';

interface RtpLegOptions {
  readonly advertisedAddress: string;
  readonly latchSources: boolean;
  readonly onClose: () => void;
}

/** A party on plain RTP/AVP over UDP. */
export class RtpLeg implements MediaLeg {
  readonly kind = 'rtp';
  readonly audio: AudioStream;
  readonly #socket: RtpSocket;
  readonly #options: RtpLegOptions;
  readonly #events = new LegEvents();
  readonly #sessionId = randomInt(1, 0x7fff_ffff);
  #sdpVersion = 0;
  #closed = false;

  constructor(socket: RtpSocket, options: RtpLegOptions) {
    this.#socket = socket;
    this.#options = options;
    this.audio = new AudioStream((packet) => socket.send(packet), this.#events.emit);
    socket.listen(
      options.latchSources,
      (packet) => this.audio.accepts(packet.payloadType),
      (packet) => this.audio.receive(packet),
    );
  }

  get peerHolds(): boolean {
    return this.audio.peerHolds;
  }

  readonly onEvent = this.#events.on;

  createOffer = async (): Promise<string> => writeRtpOffer(this.#local());

  acceptAnswer = async (text: string): Promise<Result<void, SdpRefusal>> => {
    const accepted = this.#accept(text);
    return accepted.ok ? ok(undefined) : accepted;
  };

  acceptOffer = async (text: string): Promise<Result<string, SdpRefusal>> => {
    const accepted = this.#accept(text);
    if (!accepted.ok) return accepted;
    const { offer, agreement } = accepted.value;
    return ok(writeRtpAnswer(offer, agreement, this.#local()));
  };

  sendDigit = (digit: string, durationMs: number): void => this.audio.press(digit, durationMs);

  close = (): void => {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close();
    this.#events.clear();
    this.#options.onClose();
  };

  #accept(text: string) {
    if (this.#closed) return refused('closed' as const);
    const offer = parseSdp(text);
    if (!offer.ok) return offer;
    const agreement = agreeOnAudio(offer.value, 'rtp');
    if (!agreement.ok) return agreement;
    this.#socket.setParty(agreement.value.remote);
    this.audio.agree(agreement.value);
    return ok({ offer: offer.value, agreement: agreement.value });
  }

  #local(): LocalRtp {
    this.#sdpVersion += 1;
    const { advertisedAddress } = this.#options;
    return {
      address: advertisedAddress,
      port: this.#socket.port,
      sessionId: this.#sessionId,
      version: this.#sdpVersion,
    };
  }
}
