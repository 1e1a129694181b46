import WebSocket from 'ws';
import { livePath } from '../../contract/http.ts';
import { type FromDesk, type FromServer, fromServer } from '../../contract/live.ts';
import { backOffMs } from './back-off.ts';
import type { TokenKeeper } from './token-keeper.ts';

/** The desk's WebSocket to the floor: comes back by itself, and says when it is gone. */
export interface LiveLink {
  /** Whether it went out; there is no queue, a seat's wish of minutes ago is nobody's wish. */
  readonly send: (message: FromDesk) => boolean;
  /** Tries at once instead of after the back-off. */
  readonly retryNow: () => void;
  readonly stop: () => void;
}

const pingMs = 10_000;
const silenceMs = 25_000;
/** The centre sends no frame of changes over a megabyte; it says `forms.changed` instead. */
const maxFrameBytes = 4 * 1024 * 1024;

export const createLiveLink = (options: {
  readonly server: string;
  readonly tokens: TokenKeeper;
  readonly random: () => number;
  readonly onMessage: (message: FromServer) => void;
  /** Changes of forms (contract/changes-frame.ts), as they came. */
  readonly onFrame: (bytes: Uint8Array) => void;
  readonly onLost: () => void;
}): LiveLink => {
  const url = new URL(livePath, options.server.replace(/^http/, 'ws'));
  let socket: WebSocket | undefined;
  let welcomed = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let connecting = false;

  const later = (): void => {
    if (stopped) return;
    failures += 1;
    clearTimeout(timer);
    timer = setTimeout(connect, backOffMs(failures, options.random));
  };

  const connect = async (): Promise<void> => {
    if (connecting || socket || stopped) return;
    connecting = true;
    const token = await options.tokens.accessToken();
    connecting = false;
    if (stopped) return;
    if (token.ok) open(token.value);
    else later();
  };

  const open = (accessToken: string): void => {
    const opened = new WebSocket(url, { handshakeTimeout: 8_000, maxPayload: maxFrameBytes });
    socket = opened;
    let heardAt = Date.now();
    const heartbeat = setInterval(() => {
      if (Date.now() - heardAt > silenceMs) opened.terminate();
      else if (opened.readyState === WebSocket.OPEN) opened.send(JSON.stringify({ type: 'ping' } satisfies FromDesk));
    }, pingMs);
    opened.on('open', () => opened.send(JSON.stringify({ type: 'hello', accessToken } satisfies FromDesk)));
    opened.on('message', (data: Buffer, isBinary: boolean) => {
      heardAt = Date.now();
      if (isBinary) {
        options.onFrame(data);
        return;
      }
      const message = readMessage(String(data));
      if (!message) return;
      if (message.type === 'welcome') {
        welcomed = true;
        failures = 0;
      }
      options.onMessage(message);
    });
    // `close` follows every error.
    opened.on('error', () => undefined);
    opened.on('close', (code) => {
      clearInterval(heartbeat);
      socket = undefined;
      if (code === 4401) options.tokens.discard(accessToken);
      if (welcomed && !stopped) options.onLost();
      welcomed = false;
      later();
    });
  };

  void connect();
  return {
    send: (message) => {
      if (!welcomed || socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    retryNow: () => {
      clearTimeout(timer);
      void connect();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      socket?.close(1000);
    },
  };
};

const readMessage = (text: string): FromServer | undefined => {
  try {
    const parsed = fromServer.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
};
