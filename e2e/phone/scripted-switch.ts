import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';

/** A SIP message cut into what a script asks for; header names in lower case. */
export interface Message {
  /** Method of a request; `undefined` on a response. */
  readonly method: string | undefined;
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/**
 * The far end of a phone under test, played by script: registers whoever asks, sends what the test
 * says, and answers in a call what the test tells it to. No part of the product: it holds no rules.
 */
export class ScriptedSwitch {
  readonly url: string;
  readonly #server: WebSocketServer;
  readonly #arrivals = new EventEmitter();
  readonly #arrived: Message[] = [];
  #phone: WebSocket | undefined;
  #contact = '';
  /** Final answers to REGISTER, one after another; 200 when they run out. */
  readonly registerAnswers: number[] = [];
  registrations = 0;

  constructor(port: number) {
    this.url = `ws://127.0.0.1:${port}`;
    this.#server = new WebSocketServer({ port, host: '127.0.0.1', handleProtocols: () => 'sip' });
    this.#server.on('connection', (socket) => {
      this.#phone = socket;
      socket.on('message', (data: Buffer) => this.#receive(data.toString(), socket));
    });
  }

  /** Drops the phone's connection as a cut does. */
  cut(): void {
    this.#phone?.terminate();
  }

  async close(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** The first message that fits and has not been taken yet. */
  async next(what: string, fits: (message: Message) => boolean, withinMs = 10_000): Promise<Message> {
    const deadline = AbortSignal.timeout(withinMs);
    for (;;) {
      const index = this.#arrived.findIndex(fits);
      const [message] = index < 0 ? [] : this.#arrived.splice(index, 1);
      if (message !== undefined) return message;
      await once(this.#arrivals, 'message', { signal: deadline }).catch(() => {
        throw new Error(`${what} did not come within ${withinMs} ms`);
      });
    }
  }

  send(lines: readonly string[], body = '', contentType = 'application/sdp'): void {
    const typed = body === '' ? [] : [`Content-Type: ${contentType}`];
    this.#phone?.send([...lines, ...typed, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'));
  }

  respond(request: Message, status: number, extra: readonly string[] = [], body = ''): void {
    const copied = ['via', 'from', 'call-id', 'cseq'].map((name) => `${name}: ${request.headers.get(name) ?? ''}`);
    const to = request.headers.get('to') ?? '';
    const tagged = status > 100 && !to.includes(';tag=') ? `${to};tag=switch` : to;
    this.send(
      [
        `SIP/2.0 ${status} Scripted`,
        ...copied,
        `To: ${tagged}`,
        'Contact: <sip:switch@127.0.0.1;transport=ws>',
        ...extra,
      ],
      body,
    );
  }

  /** Begins a call to the phone. */
  invite(offer: string, headers: Readonly<Record<string, string>> = {}): ScriptedCall {
    const call = new ScriptedCall(this, this.#contact);
    call.request(
      'INVITE',
      Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      offer,
    );
    return call;
  }

  #receive(text: string, socket: WebSocket): void {
    if (text.trim() === '') {
      socket.send('\r\n');
      return;
    }
    const message = parse(text);
    if (message.method === 'REGISTER') {
      this.#register(message);
      return;
    }
    this.#arrived.push(message);
    this.#arrivals.emit('message');
  }

  #register(message: Message): void {
    const status = this.registerAnswers.shift() ?? 200;
    const contact = message.headers.get('contact') ?? '';
    if (status === 200) {
      this.registrations += 1;
      this.#contact = /<([^>]+)>/.exec(contact)?.[1] ?? '';
    }
    this.respond(message, status, [`Contact: ${contact}`]);
  }
}

const parse = (text: string): Message => {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...fields] = text.slice(0, end).split('\r\n');
  const headers = new Map<string, string>();
  for (const field of fields) {
    const [name = '', ...value] = field.split(':');
    if (!headers.has(name.toLowerCase())) headers.set(name.toLowerCase(), value.join(':').trim());
  }
  const response = /^SIP\/2\.0 (\d{3})/.exec(first)?.[1];
  return {
    method: response ? undefined : first.split(' ')[0],
    status: Number(response ?? 0),
    headers,
    body: text.slice(end + 4),
  };
};

/** A call the switch made to the phone. */
export class ScriptedCall {
  readonly #switch: ScriptedSwitch;
  readonly #target: string;
  readonly callId = randomBytes(8).toString('hex');
  #branch = '';
  #cseq = 0;
  #to: string;

  constructor(theSwitch: ScriptedSwitch, target: string) {
    this.#switch = theSwitch;
    this.#target = target;
    this.#to = `<${target}>`;
  }

  request(method: string, extra: readonly string[] = [], body = '', contentType = 'application/sdp'): void {
    // CANCEL and ACK carry the number of the INVITE they belong to (RFC 3261 sections 9.1, 13.2.2.4).
    if (method !== 'CANCEL' && method !== 'ACK') this.#cseq += 1;
    if (method !== 'CANCEL') this.#branch = randomBytes(6).toString('hex');
    this.#switch.send(
      [
        `${method} ${this.#target} SIP/2.0`,
        `Via: SIP/2.0/WS 127.0.0.1;branch=z9hG4bK${this.#branch}`,
        'Max-Forwards: 70',
        'From: <sip:1000@127.0.0.1>;tag=switch',
        `To: ${this.#to}`,
        `Call-ID: ${this.callId}`,
        `CSeq: ${this.#cseq} ${method}`,
        'Contact: <sip:switch@127.0.0.1;transport=ws>',
        ...extra,
      ],
      body,
      contentType,
    );
  }

  /** A response of the phone to this call's INVITE or another request. */
  async response(status: number, method = 'INVITE'): Promise<Message> {
    const message = await this.#switch.next(
      `${status} to ${method}`,
      (one) => one.status === status && this.#isMine(one) && one.headers.get('cseq')?.endsWith(method) === true,
    );
    this.#to = message.headers.get('to') ?? this.#to;
    return message;
  }

  /** A request of the phone inside this call. */
  requested(method: string): Promise<Message> {
    return this.#switch.next(method, (one) => one.method === method && this.#isMine(one));
  }

  #isMine(message: Message): boolean {
    return message.headers.get('call-id') === this.callId;
  }
}
