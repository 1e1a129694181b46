import { randomInt } from 'node:crypto';
import { encodeG711, FRAME_SAMPLES } from './g711.ts';
import { JitterBuffer } from './jitter-buffer.ts';
import type { MediaLegEvent } from './media-leg.ts';
import type { AudioAgreement } from './negotiate.ts';
import { RTP_HEADER_BYTES, type RtpView, writeRtpHeader } from './rtp-packet.ts';
import type { StreamTap } from './stream-tap.ts';
import { DigitReceiver, DigitSender, TELEPHONE_EVENT_BYTES } from './telephone-event.ts';

/** Packets handed to the transport may still be queued in the kernel's way when the next one is written. */
const PACKET_BUFFERS = 8;
/** Ten seconds without a packet: longer than any silence suppression or network blip leaves a leg quiet. */
const LOST_FRAMES = 500;

type SendPacket = (packet: Buffer) => void;

/**
 * The audio of one leg between RTP packets and 20 ms frames, whatever carries the packets. The ticker
 * calls `take` and then `send` once per frame; the transport calls `receive` for each packet.
 */
export class AudioStream {
  /** What the party said in this frame: silence where `take` found nothing. */
  readonly heard = new Int16Array(FRAME_SAMPLES);
  /** Recordings of the party, which take packets and not frames. */
  readonly taps = new Set<StreamTap>();
  readonly #jitter = new JitterBuffer();
  readonly #digitsIn: DigitReceiver;
  readonly #digitsOut = new DigitSender();
  readonly #sendPacket: SendPacket;
  readonly #emit: (event: MediaLegEvent) => void;
  readonly #audioPackets = packetBuffers(FRAME_SAMPLES);
  readonly #eventPackets = packetBuffers(TELEPHONE_EVENT_BYTES);
  readonly #header = {
    payloadType: 0,
    marker: true,
    sequence: randomInt(0x1_0000),
    timestamp: randomInt(0x1_0000_0000),
    ssrc: randomInt(1, 0x1_0000_0000),
  };
  #packetIndex = 0;
  #timestamp = this.#header.timestamp;
  #agreement: AudioAgreement | undefined;
  #connected = false;
  #silentFrames = 0;

  constructor(sendPacket: SendPacket, emit: (event: MediaLegEvent) => void) {
    this.#sendPacket = sendPacket;
    this.#emit = emit;
    this.#digitsIn = new DigitReceiver((digit, durationMs) => emit({ type: 'digit', digit, durationMs }));
  }

  agree(agreement: AudioAgreement): void {
    this.#agreement = agreement;
    this.#silentFrames = 0;
    this.#header.marker = true;
  }

  get peerHolds(): boolean {
    return this.#agreement?.peerHolds ?? false;
  }

  /** The payload type is one that was agreed on: anything else is not this call's. */
  accepts(payloadType: number): boolean {
    return this.#agreement?.decoders.has(payloadType) ?? false;
  }

  receive(packet: RtpView): void {
    const decoder = this.#agreement?.decoders.get(packet.payloadType);
    if (decoder === undefined) return;
    this.#silentFrames = 0;
    if (!this.#connected) {
      this.#connected = true;
      this.#emit({ type: 'connected' });
    }
    if (decoder === 'telephone-event') this.#digitsIn.receive(packet.ssrc, packet.timestamp, packet.payload);
    else {
      this.#jitter.put(decoder, packet.ssrc, packet.timestamp, packet.payload);
      for (const tap of this.taps) tap.put(decoder, packet.ssrc, packet.timestamp, packet.payload);
    }
  }

  /** The transport knows that nothing gets through any more. */
  lose(): void {
    if (!this.#connected) return;
    this.#connected = false;
    this.#emit({ type: 'lost' });
  }

  press(digit: string, durationMs: number): void {
    if (this.#agreement?.telephoneEvent !== undefined) this.#digitsOut.press(digit, durationMs);
  }

  take(): void {
    this.#jitter.take(this.heard);
    this.#digitsIn.tick();
    for (const tap of this.taps) tap.tick();
    this.#silentFrames += 1;
    if (this.#silentFrames === LOST_FRAMES && !this.peerHolds) this.lose();
  }

  /** Sends one frame, or a key press in its place. Nothing goes to a party that said it does not listen. */
  send(frame: Int16Array): void {
    const agreement = this.#agreement;
    this.#timestamp = (this.#timestamp + FRAME_SAMPLES) >>> 0;
    if (!agreement || agreement.direction === 'sendonly' || agreement.direction === 'inactive') {
      this.#header.marker = true;
      return;
    }
    this.#packetIndex = (this.#packetIndex + 1) % PACKET_BUFFERS;
    if (agreement.telephoneEvent !== undefined && this.#sendEvent(agreement.telephoneEvent)) return;
    const packet = this.#audioPackets[this.#packetIndex];
    if (!packet) return;
    encodeG711(agreement.law, frame, packet, RTP_HEADER_BYTES);
    this.#header.payloadType = agreement.payloadType;
    this.#header.timestamp = this.#timestamp;
    this.#write(packet);
    this.#header.marker = false;
  }

  /** Frames that could not be sent in time: the receiver sees a gap, not a drift. */
  skip(frames: number): void {
    this.#timestamp = (this.#timestamp + frames * FRAME_SAMPLES) >>> 0;
    this.#header.marker = true;
  }

  #sendEvent(payloadType: number): boolean {
    const packet = this.#eventPackets[this.#packetIndex];
    const event = packet && this.#digitsOut.next(this.#timestamp, packet, RTP_HEADER_BYTES);
    if (!packet || !event) return false;
    this.#header.payloadType = payloadType;
    this.#header.timestamp = event.timestamp;
    this.#header.marker = event.marker;
    this.#write(packet);
    this.#header.marker = true;
    return true;
  }

  #write(packet: Buffer): void {
    this.#header.sequence = (this.#header.sequence + 1) & 0xffff;
    writeRtpHeader(packet, this.#header);
    this.#sendPacket(packet);
  }
}

const packetBuffers = (payloadBytes: number): readonly Buffer[] =>
  Array.from({ length: PACKET_BUFFERS }, () => Buffer.alloc(RTP_HEADER_BYTES + payloadBytes));
