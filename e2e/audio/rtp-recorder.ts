import { createSocket, type Socket } from 'node:dgram';
import { decodeSample, encodeUlaw, type Law } from './g711.ts';
import { SAMPLE_RATE_HZ, type Samples, writeWav } from './wav.ts';

interface Arrival {
  readonly atMs: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly samples: Samples;
}

const LAWS: Readonly<Record<number, Law>> = { 0: 'pcmu', 8: 'pcma' };
const HEADER_BYTES = 12;

/**
 * A caller's ear, and mouth if wanted: a UDP socket that keeps the PCMU and PCMA that reach it with the
 * wall-clock time of each packet. In the sound it gives out, the event at epoch ms `t` lies at `t - startedAtMs`.
 */
export class RtpRecorder {
  readonly port: number;
  /** Epoch ms of the first sample of `samples()`. */
  readonly startedAtMs: number;
  readonly #socket: Socket;
  readonly #arrivals: Arrival[] = [];
  #target: { readonly address: string; readonly port: number } | undefined;
  #sequence = 1;
  #timestamp = 160;

  static async open(bindAddress = '127.0.0.1', port = 0): Promise<RtpRecorder> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(port, bindAddress, resolve);
    });
    return new RtpRecorder(socket);
  }

  constructor(socket: Socket) {
    this.#socket = socket;
    this.port = socket.address().port;
    this.startedAtMs = epochMs();
    socket.on('message', (datagram) => this.#take(datagram));
    socket.on('error', () => undefined);
  }

  get packets(): number {
    return this.#arrivals.length;
  }

  /** Epoch ms of the first packet that was not silence. */
  get firstSoundAtMs(): number | undefined {
    return this.#arrivals.find(({ samples }) => samples.some((sample) => Math.abs(sample) > 0.002))?.atMs;
  }

  /**
   * Everything heard, on the wall clock. Packets of one stream lie where their RTP timestamps put them
   * relative to the earliest arrival of the stream, so that jitter on the way does not tear the sound.
   */
  samples(): Samples {
    const placed = this.#place();
    const end = placed.reduce((latest, { at, samples }) => Math.max(latest, at + samples.length), 0);
    const sound = new Float32Array(end);
    for (const { at, samples } of placed) if (at >= 0) sound.set(samples, at);
    return sound;
  }

  /** Writes `samples()`; returns the epoch ms of its first sample. */
  writeWav(file: string): number {
    writeWav(file, this.samples());
    return this.startedAtMs;
  }

  /** Sends PCMU to the party in real time; resolves when all is sent, with the epoch ms of the first packet. */
  async speak(samples: Samples, address: string, port: number): Promise<number> {
    this.#target = { address, port };
    const startedMs = performance.now();
    const startedAtMs = epochMs();
    for (let at = 0; at < samples.length; at += 160) {
      const waitMs = startedMs + at / 8 - performance.now();
      if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
      this.#send(samples.subarray(at, at + 160));
    }
    return startedAtMs;
  }

  /** Where `press` and `say` send to. */
  callTo(address: string, port: number): void {
    this.#target = { address, port };
  }

  /** Sends codes of PCMU as they are, in real time; `goOn` ends it before their end. Resolves with how many were sent. */
  async say(codes: Uint8Array, goOn: () => boolean = () => true): Promise<number> {
    const startedMs = performance.now();
    let at = 0;
    for (; at < codes.length && goOn(); at += 160) {
      const waitMs = startedMs + at / 8 - performance.now();
      if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
      this.#sendPayload(0, codes.subarray(at, at + 160), this.#timestamp);
      this.#timestamp = (this.#timestamp + 160) >>> 0;
    }
    return Math.min(at, codes.length);
  }

  /** Presses keys one after another (RFC 4733, 100 ms each, three end packets), as payload type 101. */
  async press(digits: string): Promise<void> {
    for (const digit of digits) {
      const code = '0123456789*#'.indexOf(digit);
      for (let packet = 1; packet <= 7; packet += 1) {
        const event = Buffer.from([code, packet >= 5 ? 0x8a : 0x0a, 0, 0]);
        event.writeUInt16BE(160 * Math.min(packet, 5), 2);
        this.#sendPayload(101, event, this.#timestamp);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      this.#timestamp = (this.#timestamp + 160 * 10) >>> 0;
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  }

  close(): void {
    this.#socket.close();
  }

  #take(datagram: Buffer): void {
    if (datagram.length <= HEADER_BYTES || datagram.readUInt8(0) >> 6 !== 2) return;
    const law = LAWS[datagram.readUInt8(1) & 0x7f];
    if (!law) return;
    const start = HEADER_BYTES + 4 * (datagram.readUInt8(0) & 0x0f);
    this.#arrivals.push({
      atMs: epochMs(),
      timestamp: datagram.readUInt32BE(4),
      ssrc: datagram.readUInt32BE(8),
      samples: Float32Array.from(datagram.subarray(start), (byte) => decodeSample(law, byte)),
    });
  }

  #place(): { readonly at: number; readonly samples: Samples }[] {
    const origins = new Map<number, { readonly timestamp: number; position: number }>();
    const wallPosition = ({ atMs, samples }: Arrival): number =>
      Math.round(((atMs - this.startedAtMs) * SAMPLE_RATE_HZ) / 1_000) - samples.length;
    // First pass: the earliest that any packet of a stream puts its origin is the one least delayed.
    for (const arrival of this.#arrivals) {
      const origin = origins.get(arrival.ssrc) ?? { timestamp: arrival.timestamp, position: Number.POSITIVE_INFINITY };
      const since = (arrival.timestamp - origin.timestamp) | 0;
      origin.position = Math.min(origin.position, wallPosition(arrival) - since);
      origins.set(arrival.ssrc, origin);
    }
    return this.#arrivals.flatMap(({ ssrc, timestamp, samples }) => {
      const origin = origins.get(ssrc);
      return origin ? [{ at: origin.position + ((timestamp - origin.timestamp) | 0), samples }] : [];
    });
  }

  #sendPayload(payloadType: number, payload: Uint8Array, timestamp: number): void {
    const packet = Buffer.alloc(HEADER_BYTES + payload.length);
    packet.writeUInt8(0x80, 0);
    packet.writeUInt8(payloadType, 1);
    packet.writeUInt16BE(this.#sequence, 2);
    packet.writeUInt32BE(timestamp, 4);
    packet.writeUInt32BE(0x5a75_6f78, 8);
    packet.set(payload, HEADER_BYTES);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    if (this.#target) this.#socket.send(packet, this.#target.port, this.#target.address);
  }

  #send(samples: Samples): void {
    const packet = Buffer.alloc(HEADER_BYTES + samples.length);
    packet.writeUInt8(0x80, 0);
    packet.writeUInt16BE(this.#sequence, 2);
    packet.writeUInt32BE(this.#timestamp, 4);
    packet.writeUInt32BE(0x5a75_6f78, 8);
    for (const [i, sample] of samples.entries()) packet.writeUInt8(encodeUlaw(sample), HEADER_BYTES + i);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#timestamp = (this.#timestamp + samples.length) >>> 0;
    if (this.#target) this.#socket.send(packet, this.#target.port, this.#target.address);
  }
}

/** Wall-clock time with the monotonic clock's resolution. */
const epochMs = (): number => performance.timeOrigin + performance.now();
