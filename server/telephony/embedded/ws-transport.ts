import type { RawData, WebSocket } from 'ws';
import type { Flow } from './flow.ts';
import { maxMessageBytes } from './sip-message.ts';

/** Close codes of RFC 6455: 1002 protocol error, 1009 message too big. */
const wrongProtocol = 1002;
const tooBig = 1009;
/** A peer that does not read its socket is cut off rather than buffered for. */
const maxBufferedBytes = 1024 * 1024;

/**
 * SIP on a WebSocket that the HTTP server has accepted (RFC 7118): one message a frame, pings of
 * two line ends answered with one (RFC 5626 section 3.5.1).
 */
export const attachWebSocket = (options: {
  readonly webSocket: WebSocket;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly onMessage: (bytes: Buffer, flow: Flow) => void;
  readonly onSent: (message: string, flow: Flow) => void;
  readonly onClose: (flow: Flow) => void;
}): Flow | undefined => {
  const { webSocket } = options;
  // An error is always followed by `close`, which is what counts.
  webSocket.on('error', () => undefined);
  if (webSocket.protocol !== 'sip') {
    webSocket.close(wrongProtocol, 'subprotocol sip wanted');
    return undefined;
  }
  const flow: Flow = {
    transport: 'ws',
    remoteAddress: options.remoteAddress,
    remotePort: options.remotePort,
    send: (message) => {
      if (webSocket.readyState !== webSocket.OPEN) return false;
      if (webSocket.bufferedAmount > maxBufferedBytes) {
        webSocket.terminate();
        return false;
      }
      webSocket.send(message);
      options.onSent(message, flow);
      return true;
    },
  };
  webSocket.on('message', (data: RawData) => {
    const bytes = toBuffer(data);
    if (bytes.length > maxMessageBytes) webSocket.close(tooBig);
    else if (isPing(bytes)) webSocket.send('\r\n');
    else options.onMessage(bytes, flow);
  });
  webSocket.once('close', () => options.onClose(flow));
  return flow;
};

const toBuffer = (data: RawData): Buffer => {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
};

const isPing = (bytes: Buffer): boolean => bytes.length === 4 && bytes.toString('latin1') === '\r\n\r\n';
