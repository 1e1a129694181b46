import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { isIP, isIPv6 } from 'node:net';
import type { Flow } from './flow.ts';
import type { Log } from './parts.ts';
import { parseSipUri } from './sip-uri.ts';

export interface UdpTransport {
  readonly port: () => number;
  /** A flow to the address a URI names; undefined where it names a host to be looked up. */
  readonly flowTo: (uri: string) => Flow | undefined;
  readonly close: () => Promise<void>;
}

const defaultSipPort = 5060;
/** Room for a burst from the trunk while the event loop is busy. */
const receiveBufferBytes = 4 * 1024 * 1024;

/** Binds one socket for everything that speaks SIP over UDP; the listener must not throw. */
export const openUdp = async (options: {
  readonly bindAddress: string;
  readonly port: number;
  readonly log: Log;
  readonly onDatagram: (bytes: Buffer, flow: Flow) => void;
  readonly onSent: (message: string, flow: Flow) => void;
}): Promise<UdpTransport> => {
  const socket = createSocket(isIPv6(options.bindAddress) ? 'udp6' : 'udp4');
  let open = true;
  const flowOf = (address: string, port: number): Flow => {
    const flow: Flow = {
      transport: 'udp',
      remoteAddress: address,
      remotePort: port,
      send: (message) => {
        if (!open || port === 0) return false;
        // ICMP errors say nothing certain about a peer: timers do.
        socket.send(message, port, address, () => undefined);
        options.onSent(message, flow);
        return true;
      },
    };
    return flow;
  };
  socket.on('message', (bytes: Buffer, from: RemoteInfo) => options.onDatagram(bytes, flowOf(from.address, from.port)));
  socket.bind(options.port, options.bindAddress);
  await once(socket, 'listening');
  socket.on('error', (error) => options.log.error({ err: error }, 'The SIP socket reported an error'));
  try {
    socket.setRecvBufferSize(receiveBufferBytes);
  } catch (error) {
    options.log.info({ err: error }, 'The system keeps the SIP socket to a smaller receive buffer');
  }
  return {
    port: () => socket.address().port,
    flowTo: (uri) => {
      const parsed = parseSipUri(uri);
      if (!parsed.ok) return undefined;
      const address = parsed.value.host.replace(/^\[|\]$/g, '');
      return isIP(address) === 0 ? undefined : flowOf(address, parsed.value.port ?? defaultSipPort);
    },
    close: () => {
      open = false;
      return new Promise((resolve) => socket.close(() => resolve()));
    },
  };
};
