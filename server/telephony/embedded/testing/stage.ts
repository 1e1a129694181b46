import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { SipAccountSecret, TelephonyEvent } from '../../port.ts';
import { digestSecret } from '../digest.ts';
import { createEmbeddedSwitch, type EmbeddedSwitch, type EmbeddedSwitchOptions } from '../embedded-switch.ts';
import { openCaller, openSeat, type ScriptedPhone, testDomain } from './scripted-phone.ts';
import { createStillMedia, type StillMedia } from './still-media.ts';

type EventType = TelephonyEvent['type'];

/** A switch on loopback with still media, an HTTP server for its WebSockets, and what it told. */
export interface Stage {
  readonly telephony: EmbeddedSwitch;
  readonly media: StillMedia;
  readonly url: string;
  readonly events: readonly TelephonyEvent[];
  /** Things the switch wrote in its log at level error. */
  readonly faults: readonly string[];
  /** The next event of that type not waited for yet. */
  readonly next: <Type extends EventType>(type: Type) => Promise<Extract<TelephonyEvent, { type: Type }>>;
  readonly seat: (name: string) => Promise<ScriptedPhone>;
  /** A caller from the web with a pass to call 1000, over a connection of its own. */
  readonly guest: (name: string) => Promise<ScriptedPhone>;
  /** A caller of that number. */
  readonly caller: (number: string) => Promise<ScriptedPhone>;
  readonly close: () => Promise<void>;
}

const eventMs = 10_000;
export const passwordOf = (name: string): string => `secret-of-${name}`;
const seats = ['1001', '1002', '8806'];
/** A guest's name tells where it comes from and, by its ending, whether its pass has ended. */
const guestName = /^guest-([a-z]+)-\d+(-late)?$/;

const accountOf = (name: string): SipAccountSecret | undefined => {
  const ha1 = digestSecret('MD5', name, testDomain, passwordOf(name));
  if (seats.includes(name)) return { kind: 'seat', seat: name, ha1 };
  const [, source, late] = guestName.exec(name) ?? [];
  if (source === undefined) return undefined;
  return { kind: 'guest', dials: '1000', source, mayCallUntil: late ? 0 : Number.POSITIVE_INFINITY, ha1 };
};

export const openStage = async (options: Partial<EmbeddedSwitchOptions> = {}): Promise<Stage> => {
  const media = createStillMedia();
  const faults: string[] = [];
  const telephony = createEmbeddedSwitch({
    bindAddress: '127.0.0.1',
    sipPort: 0,
    rtpPorts: { first: 40_000, last: 40_099 },
    promptFolders: [],
    domain: testDomain,
    accounts: { find: accountOf },
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (facts, message) => faults.push(`${message} ${JSON.stringify(facts)}`),
    },
    createMedia: () => media,
    ...options,
  });
  const events: TelephonyEvent[] = [];
  const untold: TelephonyEvent[] = [];
  const waiting: { readonly type: EventType; readonly take: (event: TelephonyEvent) => void }[] = [];
  telephony.onEvent((event) => {
    events.push(event);
    const index = waiting.findIndex((one) => one.type === event.type);
    if (index < 0) untold.push(event);
    else waiting.splice(index, 1)[0]?.take(event);
  });
  await telephony.start();

  const server = createServer();
  const webSockets = new WebSocketServer({ server });
  webSockets.on('connection', (webSocket, request) =>
    telephony.acceptWebSocket(webSocket, request.socket.remoteAddress ?? '', request.socket.remotePort),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const opened: ScriptedPhone[] = [];

  const nextEvent = (type: EventType): Promise<TelephonyEvent> => {
    const index = untold.findIndex((event) => event.type === type);
    const [found] = index < 0 ? [] : untold.splice(index, 1);
    if (found) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${type} came`)), eventMs);
      waiting.push({
        type,
        take: (event) => {
          clearTimeout(timer);
          resolve(event);
        },
      });
    });
  };
  const openOverWebSocket = async (name: string): Promise<ScriptedPhone> => {
    const phone = await openSeat(url, name, passwordOf(name));
    opened.push(phone);
    return phone;
  };
  const isOf = <Type extends EventType>(
    event: TelephonyEvent,
    type: Type,
  ): event is Extract<TelephonyEvent, { type: Type }> => event.type === type;

  return {
    telephony,
    media,
    url,
    events,
    faults,
    next: async (type) => {
      const event = await nextEvent(type);
      if (!isOf(event, type)) throw new Error(`${event.type} is not ${type}`);
      return event;
    },
    seat: openOverWebSocket,
    guest: openOverWebSocket,
    caller: async (number) => {
      const caller = await openCaller(telephony.trunkPort(), number);
      opened.push(caller);
      return caller;
    },
    close: async () => {
      for (const seat of opened) seat.close();
      await telephony.stop();
      webSockets.close();
      server.close();
    },
  };
};
