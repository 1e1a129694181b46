import { createSocket, type Socket } from 'node:dgram';
import { emptyRtpView, type RtpView, readRtp } from './rtp-packet.ts';

/** Hands out pairs of UDP ports: RTP on the even one, RTCP's odd one bound too, so that nobody else takes it. */
export class RtpPorts {
  readonly #bindAddress: string;
  readonly #first: number;
  readonly #pairs: number;
  #next = 0;

  constructor(bindAddress: string, range: { readonly first: number; readonly last: number }) {
    this.#bindAddress = bindAddress;
    this.#first = range.first + (range.first % 2);
    this.#pairs = Math.max(0, Math.floor((range.last - this.#first + 1) / 2));
  }

  /** The next free pair in turn, so that a port just freed rests before another call gets it. */
  async open(): Promise<RtpSocket | undefined> {
    for (let tries = 0; tries < this.#pairs; tries++) {
      const port = this.#first + 2 * this.#next;
      this.#next = (this.#next + 1) % this.#pairs;
      const socket = await this.openAt(port);
      if (socket) return socket;
    }
    return undefined;
  }

  /** The pair that begins with this port; undefined where either is taken. */
  async openAt(port: number): Promise<RtpSocket | undefined> {
    const rtp = await bind(this.#bindAddress, port);
    if (!rtp) return undefined;
    const rtcp = await bind(this.#bindAddress, port + 1);
    if (rtcp) return new RtpSocket(rtp, rtcp);
    rtp.close();
    return undefined;
  }
}

const RECEIVE_BUFFER_BYTES = 262_144;

const bind = (address: string, port: number): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    const socket = createSocket({
      type: 'udp4',
      // Only literal addresses are ever sent to: without this every packet would wait for a turn of the resolver.
      lookup: (host, _options, callback) => callback(null, host, 4),
    });
    socket.once('error', () => {
      socket.close();
      resolve(undefined);
    });
    socket.bind({ address, port, exclusive: true }, () => {
      socket.removeAllListeners('error');
      // ICMP unreachable from a party that went away; its silence is noticed elsewhere.
      socket.on('error', () => undefined);
      socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
      resolve(socket);
    });
  });

interface Party {
  readonly address: string;
  readonly port: number;
}

/**
 * One leg's pair of ports. Packets are taken from the party's address only, and from one port of it: the
 * first that speaks, which need not be the one it listens on (RFC 4961 asks for that, RFC 3550 does not).
 */
export class RtpSocket {
  readonly port: number;
  readonly #rtp: Socket;
  readonly #rtcp: Socket;
  readonly #view = emptyRtpView();
  #announced: Party | undefined;
  #speaksFrom: Party | undefined;
  #latches = false;
  #closed = false;

  constructor(rtp: Socket, rtcp: Socket) {
    this.#rtp = rtp;
    this.#rtcp = rtcp;
    this.port = rtp.address().port;
  }

  /** Where the party's SDP says it listens. A new place forgets where it spoke from. */
  setParty(party: Party): void {
    if (party.address === this.#announced?.address && party.port === this.#announced.port) return;
    this.#announced = party;
    this.#speaksFrom = undefined;
  }

  /**
   * With `latch` the first source whose packet `accepts` takes becomes the party, whatever its address,
   * and is sent to from then on (callers behind NAT announce addresses that cannot be reached).
   */
  listen(latch: boolean, accepts: (packet: RtpView) => boolean, receive: (packet: RtpView) => void): void {
    this.#latches = latch;
    this.#rtp.on('message', (datagram, source) => {
      if (!this.#announced || !readRtp(datagram, this.#view)) return;
      const isParty = this.#speaksFrom
        ? source.port === this.#speaksFrom.port && source.address === this.#speaksFrom.address
        : latch || source.address === this.#announced.address;
      if (!isParty || !accepts(this.#view)) return;
      this.#speaksFrom ??= { address: source.address, port: source.port };
      receive(this.#view);
    });
  }

  /** `packet` must stay as it is for a few frames. */
  send(packet: Buffer): void {
    const party = this.#latches ? (this.#speaksFrom ?? this.#announced) : this.#announced;
    if (!party || this.#closed || party.port === 0) return;
    this.#rtp.send(packet, party.port, party.address, ignoreOutcome);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#rtp.close();
    this.#rtcp.close();
  }
}

/** A packet that could not be sent is a lost packet. */
const ignoreOutcome = (): void => undefined;
