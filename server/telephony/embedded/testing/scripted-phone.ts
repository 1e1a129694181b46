import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { digestResponse, digestSecret } from '../digest.ts';
import { headerValue, parseMessage, type SipMessage, type SipRequest, type SipResponse } from '../sip-message.ts';

/** What a phone speaks over. */
interface Wire {
  readonly transport: 'WS' | 'UDP';
  /** Host, and port if need be, of its Via and Contact. */
  readonly host: string;
  readonly send: (text: string) => void;
  readonly onMessage: (take: (bytes: Buffer) => void) => void;
  readonly closed: Promise<void>;
  readonly close: () => void;
}

/**
 * A phone that says what a test tells it to. It knows no more SIP than the test needs, and shares no
 * transaction code with the switch it tries.
 */
export interface ScriptedPhone {
  readonly name: string;
  readonly register: (options?: { readonly password?: string; readonly expires?: number }) => Promise<SipResponse>;
  /** Sends a request and waits for its final answer; a challenge is answered where `authenticate` is set. */
  readonly request: (method: string, options?: RequestOptions) => Promise<SipResponse>;
  /** An ACK for a 2xx. */
  readonly acknowledge: (response: SipResponse, body?: string) => void;
  readonly respond: (
    request: SipRequest,
    status: number,
    options?: { readonly body?: string; readonly contact?: boolean },
  ) => void;
  /** The next request from the switch of that method, waiting for it if need be. */
  readonly next: (method: string) => Promise<SipRequest>;
  readonly send: (text: string) => void;
  /** What was last received that is no SIP message. */
  readonly pongs: () => number;
  readonly closed: Promise<void>;
  readonly close: () => void;
}

interface RequestOptions {
  readonly uri?: string;
  readonly callId?: string;
  readonly toTag?: string;
  readonly fromTag?: string;
  readonly to?: string;
  readonly more?: readonly string[];
  readonly body?: string;
  readonly type?: string;
  readonly password?: string;
  readonly authenticate?: boolean;
}

const token = (): string => randomBytes(8).toString('hex');
export const testDomain = 'zuoxi.test';
const answerMs = 5_000;

/** A seat's softphone, over a WebSocket. */
export const openSeat = async (url: string, name: string, password: string): Promise<ScriptedPhone> => {
  const webSocket = new WebSocket(url, 'sip');
  await new Promise<void>((resolve, reject) => {
    webSocket.once('open', () => resolve());
    webSocket.once('error', reject);
  });
  const wire: Wire = {
    transport: 'WS',
    host: `${token()}.invalid`,
    send: (text) => webSocket.send(text),
    onMessage: (take) => webSocket.on('message', take),
    closed: new Promise((resolve) => webSocket.once('close', () => resolve())),
    close: () => webSocket.terminate(),
  };
  return scriptPhone(wire, name, password);
};

/** A caller on a trunk, over UDP. */
export const openCaller = async (switchPort: number, name: string): Promise<ScriptedPhone> => {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const wire: Wire = {
    transport: 'UDP',
    host: `127.0.0.1:${socket.address().port}`,
    send: (text) => socket.send(text, switchPort, '127.0.0.1'),
    onMessage: (take) => socket.on('message', take),
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
    close: () => socket.close(),
  };
  return scriptPhone(wire, name, '');
};

const scriptPhone = (wire: Wire, name: string, password: string): ScriptedPhone => {
  const ownTag = token();
  const { host } = wire;
  const viaWebSocket = wire.transport === 'WS' ? ';transport=ws' : '';
  const waitingAnswers = new Map<string, (response: SipResponse) => void>();
  const waitingRequests: { readonly method: string; readonly take: (request: SipRequest) => void }[] = [];
  const requests: SipRequest[] = [];
  let sequence = 0;
  let pongs = 0;

  const takeRequest = (request: SipRequest): void => {
    const index = waitingRequests.findIndex((waiting) => waiting.method === request.method);
    if (index < 0) requests.push(request);
    else waitingRequests.splice(index, 1)[0]?.take(request);
  };
  wire.onMessage((data) => {
    const parsed = parseMessage(data);
    if (!parsed.ok) {
      pongs += 1;
      return;
    }
    const message: SipMessage = parsed.value;
    if (message.kind === 'request') return takeRequest(message);
    if (message.status >= 200)
      waitingAnswers.get(`${message.callId} ${message.cseq.number} ${message.cseq.method}`)?.(message);
  });

  const sendRequest = (
    method: string,
    options: RequestOptions,
    authorization: string | undefined,
  ): Promise<SipResponse> => {
    sequence += 1;
    const callId = options.callId ?? token();
    const uri = options.uri ?? `sip:${testDomain}`;
    const to = options.to ?? `<sip:${name}@${testDomain}>`;
    const lines = [
      `${method} ${uri} SIP/2.0`,
      `Via: SIP/2.0/${wire.transport} ${host};branch=z9hG4bK${token()}`,
      'Max-Forwards: 70',
      `From: <sip:${name}@${testDomain}>;tag=${options.fromTag ?? ownTag}`,
      `To: ${to}${options.toTag === undefined ? '' : `;tag=${options.toTag}`}`,
      `Call-ID: ${callId}`,
      `CSeq: ${sequence} ${method}`,
      ...(method === 'REGISTER' ? [] : [`Contact: <sip:${name}@${host}${viaWebSocket}>`]),
      ...(authorization === undefined ? [] : [`Authorization: ${authorization}`]),
      ...(options.more ?? []),
      ...(options.body === undefined ? [] : [`Content-Type: ${options.type ?? 'application/sdp'}`]),
      `Content-Length: ${Buffer.byteLength(options.body ?? '')}`,
    ];
    const key = `${callId} ${sequence} ${method}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${method}`)), answerMs);
      waitingAnswers.set(key, (response) => {
        clearTimeout(timer);
        waitingAnswers.delete(key);
        resolve(response);
      });
      wire.send(`${lines.join('\r\n')}\r\n\r\n${options.body ?? ''}`);
    });
  };

  const request = async (method: string, options: RequestOptions = {}): Promise<SipResponse> => {
    const settled = { callId: token(), ...options };
    const first = await sendRequest(method, settled, undefined);
    if (first.status !== 401 || options.authenticate === false) return first;
    if (method === 'INVITE') acknowledge(first);
    const challenge = headerValue(first.headers, 'WWW-Authenticate') ?? '';
    const value = (key: string): string => new RegExp(`${key}="([^"]*)"`).exec(challenge)?.[1] ?? '';
    const uri = options.uri ?? `sip:${testDomain}`;
    const given = { nonce: value('nonce'), uri, algorithm: 'MD5' as const, cnonce: token(), nonceCount: '00000001' };
    const realm = value('realm');
    const response = digestResponse(digestSecret('MD5', name, realm, options.password ?? password), method, given);
    const authorization = `Digest username="${name}", realm="${realm}", nonce="${given.nonce}", uri="${uri}", response="${response}", algorithm=MD5, cnonce="${given.cnonce}", qop=auth, nc=${given.nonceCount}`;
    return sendRequest(method, settled, authorization);
  };

  const acknowledge = (response: SipResponse, body = ''): void => {
    const via =
      response.status >= 300
        ? headerValue(response.headers, 'Via')
        : `SIP/2.0/${wire.transport} ${host};branch=z9hG4bK${token()}`;
    wire.send(
      [
        `ACK sip:${testDomain} SIP/2.0`,
        `Via: ${via ?? ''}`,
        'Max-Forwards: 70',
        `From: ${headerValue(response.headers, 'From') ?? ''}`,
        `To: ${headerValue(response.headers, 'To') ?? ''}`,
        `Call-ID: ${response.callId}`,
        `CSeq: ${response.cseq.number} ACK`,
        ...(body === '' ? [] : ['Content-Type: application/sdp']),
        `Content-Length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n'),
    );
  };

  return {
    name,
    register: (options = {}) =>
      request('REGISTER', {
        ...(options.password === undefined ? {} : { password: options.password }),
        more: [
          `Contact: <sip:${name}@${host}${viaWebSocket}>;reg-id=1;+sip.instance="<urn:uuid:00000000-0000-4000-8000-${ownTag.slice(0, 12)}>";expires=${options.expires ?? 600}`,
          'Supported: path, outbound',
        ],
      }),
    request,
    acknowledge,
    respond: (asked, status, options = {}) => {
      const to = headerValue(asked.headers, 'To') ?? '';
      wire.send(
        [
          `SIP/2.0 ${status} Said`,
          ...asked.headers.filter((header) => header.name === 'Via').map((header) => `Via: ${header.value}`),
          `From: ${headerValue(asked.headers, 'From') ?? ''}`,
          `To: ${asked.to.params.has('tag') || status === 100 ? to : `${to};tag=${ownTag}`}`,
          `Call-ID: ${asked.callId}`,
          `CSeq: ${asked.cseq.number} ${asked.cseq.method}`,
          ...(options.contact === false ? [] : [`Contact: <sip:${name}@${host}${viaWebSocket}>`]),
          ...(options.body === undefined ? [] : ['Content-Type: application/sdp']),
          `Content-Length: ${Buffer.byteLength(options.body ?? '')}`,
          '',
          options.body ?? '',
        ].join('\r\n'),
      );
    },
    next: (method) => {
      const index = requests.findIndex((request) => request.method === method);
      const [found] = index < 0 ? [] : requests.splice(index, 1);
      if (found) return Promise.resolve(found);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${method} came`)), answerMs);
        waitingRequests.push({
          method,
          take: (request) => {
            clearTimeout(timer);
            resolve(request);
          },
        });
      });
    },
    send: wire.send,
    pongs: () => pongs,
    closed: wire.closed,
    close: wire.close,
  };
};
