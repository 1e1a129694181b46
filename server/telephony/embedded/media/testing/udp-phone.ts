import { createSocket, type Socket } from 'node:dgram';
import { encodeG711, g711LinearTable } from '../g711.ts';
import { emptyRtpView, RTP_HEADER_BYTES, type RtpView, readRtp, writeRtpHeader } from '../rtp-packet.ts';

export interface UdpPhone {
  readonly port: number;
  readonly offer: (options?: { readonly direction?: string; readonly address?: string }) => string;
  /** Reads where to send from the switch's SDP. */
  readonly takeAnswer: (sdp: string) => void;
  /** Says the samples in real time, 20 ms a packet; `mangle` may drop, repeat or reorder the packets. */
  readonly say: (samples: Int16Array, mangle?: (packets: Buffer[]) => Buffer[]) => Promise<void>;
  readonly sendRaw: (packet: Buffer) => void;
  /** Sends one RFC 4733 event; `keep` chooses which of its packets get through. */
  readonly press: (code: number, frames: number, keep?: (packet: number, of: number) => boolean) => Promise<void>;
  readonly packets: readonly Omit<RtpView, 'payload'>[];
  readonly events: readonly { readonly timestamp: number; readonly code: number; readonly end: boolean }[];
  /** All audio so far, by arrival. */
  readonly heard: () => Int16Array;
  /** When the first packet came that was not silence; `performance.now()`. */
  readonly firstSoundMs: () => number;
  readonly close: () => void;
}

export const openUdpPhone = async (): Promise<UdpPhone> => {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  const packets: Omit<RtpView, 'payload'>[] = [];
  const events: { timestamp: number; code: number; end: boolean }[] = [];
  const heard: number[] = [];
  const view = emptyRtpView();
  let firstSoundMs = Number.POSITIVE_INFINITY;
  socket.on('message', (datagram) => {
    if (!readRtp(datagram, view)) return;
    const { payload, ...header } = view;
    packets.push(header);
    const [code = 0, flags = 0] = payload;
    if (header.payloadType === 101) events.push({ timestamp: header.timestamp, code, end: (flags & 0x80) !== 0 });
    else for (const byte of payload) heard.push(g711LinearTable('pcmu')[byte] ?? 0);
    if (Math.abs(heard.at(-1) ?? 0) > 500) firstSoundMs = Math.min(firstSoundMs, performance.now());
  });
  const out = new Sender(socket);
  return {
    port,
    offer: ({ direction = 'sendrecv', address = '127.0.0.1' } = {}) => phoneSdp(port, direction, address),
    takeAnswer: (sdp) => {
      out.target = Number(/^m=audio (\d+)/m.exec(sdp)?.[1]);
    },
    say: (samples, mangle = (list) => list) => out.pace(mangle(out.audioPackets(samples))),
    sendRaw: (packet) => out.send(packet),
    press: (code, frames, keep = () => true) => {
      const event = out.eventPackets(code, frames);
      return out.pace(event.filter((_, i) => keep(i, event.length)));
    },
    packets,
    events,
    heard: () => Int16Array.from(heard),
    firstSoundMs: () => firstSoundMs,
    close: () => socket.close(),
  };
};

const phoneSdp = (port: number, direction: string, address: string): string =>
  [
    'v=0',
    `o=phone 1 1 IN IP4 ${address}`,
    's=-',
    `c=IN IP4 ${address}`,
    't=0 0',
    `m=audio ${port} RTP/AVP 0 101`,
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:101 telephone-event/8000',
    `a=${direction}`,
    '',
  ].join('\r\n');

class Sender {
  target = 0;
  readonly #socket: Socket;
  /** Both near their wraparound, so that every test crosses it. */
  #sequence = 65_530;
  #timestamp = 0xffff_fe00;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  send(packet: Buffer): void {
    this.#socket.send(packet, this.target, '127.0.0.1');
  }

  async pace(packets: readonly Buffer[]): Promise<void> {
    const startedMs = performance.now();
    for (const [i, packet] of packets.entries()) {
      const waitMs = startedMs + i * 20 - performance.now();
      if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
      if (packet.length > 0) this.send(packet);
    }
  }

  audioPackets(samples: Int16Array): Buffer[] {
    return Array.from({ length: Math.ceil(samples.length / 160) }, (_, frame) => {
      const part = samples.subarray(frame * 160, frame * 160 + 160);
      const packet = this.#packet(0, frame === 0, part.length);
      encodeG711('pcmu', part, packet, RTP_HEADER_BYTES);
      this.#timestamp += 160;
      return packet;
    });
  }

  eventPackets(code: number, frames: number): Buffer[] {
    const packets = Array.from({ length: frames + 2 }, (_, i) => {
      const packet = this.#packet(101, i === 0, 4);
      packet.writeUInt8(code, RTP_HEADER_BYTES);
      packet.writeUInt8(i >= frames - 1 ? 0x8a : 0x0a, RTP_HEADER_BYTES + 1);
      packet.writeUInt16BE(Math.min(i + 1, frames) * 160, RTP_HEADER_BYTES + 2);
      return packet;
    });
    this.#timestamp += (frames + 2) * 160;
    return packets;
  }

  #packet(payloadType: number, marker: boolean, payloadBytes: number): Buffer {
    const packet = Buffer.alloc(RTP_HEADER_BYTES + payloadBytes);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const header = { payloadType, marker, sequence: this.#sequence, timestamp: this.#timestamp >>> 0, ssrc: 4_711 };
    writeRtpHeader(packet, header);
    return packet;
  }
}
