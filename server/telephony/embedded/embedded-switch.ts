import { randomBytes, randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { ChannelId, SipAccounts, TelephonyEvent, TelephonyPort } from '../port.ts';
import { createAllowList } from './allow-list.ts';
import { createAuthenticator } from './authenticator.ts';
import type { CallParts } from './call.ts';
import { calledNumber, calledSeat, type TrunkOut } from './call-out.ts';
import { createNonceMint, type DigestAlgorithm } from './digest.ts';
import { createCallBook, createEndpoint, type GuestLimits } from './endpoint.ts';
import type { Flow } from './flow.ts';
import { createGate } from './gate.ts';
import { createMediaEngine } from './media/media-engine.ts';
import type { MediaEngine, MediaEngineOptions } from './media/media-leg.ts';
import { placeCall } from './outgoing-call.ts';
import type { After, Clock, Log } from './parts.ts';
import { createPortMedia } from './port-media.ts';
import { createRegistrar } from './registrar.ts';
import { restoreCall } from './restore-call.ts';
import { type CallJournal, noJournal, type SavedCall } from './saved-call.ts';
import { parseMessage } from './sip-message.ts';
import { createThrottle } from './throttle.ts';
import { noTrace, openTrace } from './trace.ts';
import { createTransactionLayer } from './transaction-layer.ts';
import { openUdp, type UdpTransport } from './udp-transport.ts';
import { attachWebSocket } from './ws-transport.ts';

export interface EmbeddedSwitchOptions {
  readonly bindAddress: string;
  /** What SDP and Contact tell the parties, where it is not `bindAddress`. */
  readonly advertisedAddress?: string;
  /** UDP, for trunks; 0 takes a free one. */
  readonly sipPort: number;
  readonly rtpPorts: MediaEngineOptions['rtpPorts'];
  /** The first folder that holds a prompt wins. */
  readonly promptFolders: readonly string[];
  /** Domain of SIP addresses, and realm of digests. */
  readonly domain: string;
  readonly accounts: SipAccounts;
  /** Addresses and networks whose calls are taken without a password; default: this machine. */
  readonly trunks?: readonly string[];
  /** Absent: nobody calls out. */
  readonly trunkOut?: TrunkOut | undefined;
  /** Challenges offered, in this order; sip.js reads the first only and speaks MD5 only. */
  readonly digestAlgorithms?: readonly DigestAlgorithm[];
  /** Where answered calls of trunks are kept, so that a restart takes them up again. */
  readonly journal?: CallJournal;
  readonly traceFile?: string | undefined;
  readonly maxCalls?: number;
  /** Calls at once from the public page. */
  readonly guestLimits?: GuestLimits;
  readonly log: Log;
  readonly clock?: Clock;
  readonly after?: After;
  readonly createMedia?: (options: MediaEngineOptions) => MediaEngine;
}

export interface EmbeddedSwitch extends TelephonyPort {
  /** Takes over a WebSocket of subprotocol `sip`, accepted by the HTTP server; `remoteAddress` is the client's own. */
  readonly acceptWebSocket: (webSocket: WebSocket, remoteAddress: string, remotePort?: number) => void;
  /** UDP port that trunks call, once started. */
  readonly trunkPort: () => number;
  /** For the metrics page. */
  readonly figures: () => { readonly calls: number; readonly transactions: number; readonly turnedAway: number };
}

const loopback = ['127.0.0.1', '::1'];
const defaultMaxCalls = 500;
const defaultGuestLimits: GuestLimits = { calls: 50, callsOfOneSource: 3 };
const maxTransactions = 5_000;
const maxWebSockets = 2_000;
const nonceLifetimeMs = 5 * 60_000;
/** Time in which a new WebSocket has to register, or to call as a guest; and how often the latter is looked at again. */
const strangerMs = 30_000;
/** Close codes of RFC 6455. */
const goingAway = 1001;
const policyViolation = 1008;
const tryAgainLater = 1013;
const patience = { silentSeatMs: 20_000, silentCallerMs: 120_000, unreachableSeatMs: 60_000 };

const realAfter: After = (delayMs, run) => {
  const timer = setTimeout(run, delayMs).unref();
  return () => clearTimeout(timer);
};

/** The telephony port by SIP and media of our own, all on one machine. */
export const createEmbeddedSwitch = (options: EmbeddedSwitchOptions): EmbeddedSwitch => {
  const { log, clock = Date.now, after = realAfter } = options;
  const newToken = (): string => randomBytes(12).toString('hex');
  const maxCalls = options.maxCalls ?? defaultMaxCalls;
  const host = hostInUri(options.advertisedAddress ?? options.bindAddress);
  const trace = options.traceFile === undefined ? noTrace : openTrace(options.traceFile, clock, log);
  const media = (options.createMedia ?? createMediaEngine)({
    bindAddress: options.bindAddress,
    ...(options.advertisedAddress === undefined ? {} : { advertisedAddress: options.advertisedAddress }),
    rtpPorts: options.rtpPorts,
    promptFolders: options.promptFolders,
    latchSources: false,
    warn: (message, details) => log.warn(details, message),
  });
  const journal = options.journal ?? noJournal;
  const listeners = new Set<(event: TelephonyEvent) => void>();
  const calls = createCallBook();
  const gate = createGate(clock);
  const webSockets = new Set<WebSocket>();
  let udp: UdpTransport | undefined;

  /** Later, in order: nobody hears an event from within a call of the port. */
  const emit = (event: TelephonyEvent): void => {
    queueMicrotask(() => {
      for (const listener of listeners) listener(event);
    });
  };
  const trunkPort = (): number => udp?.port() ?? options.sipPort;

  const receive = (bytes: Buffer, flow: Flow): void => {
    try {
      if (!gate.admits(bytes, flow, calls.hasCallId)) return;
      const parsed = parseMessage(bytes);
      if (!parsed.ok) return;
      traceMessage('in', flow, bytes.toString('utf8'));
      layer.receive(parsed.value, flow);
    } catch (error) {
      // Whatever a stranger sends, the other calls go on.
      log.error({ err: error, remote: flow.remoteAddress }, 'A SIP message could not be dealt with');
    }
  };
  const traceMessage = (direction: 'in' | 'out', flow: Flow, message: string): void =>
    trace.write({ direction, transport: flow.transport, remote: `${flow.remoteAddress}:${flow.remotePort}`, message });
  const onSent = (message: string, flow: Flow): void => traceMessage('out', flow, message);

  const layer = createTransactionLayer({
    after,
    newToken,
    sentBy: (flow) =>
      flow.transport === 'udp' ? { host, port: trunkPort() } : { host: options.domain, port: undefined },
    flowToPort: (flow, port) => udp?.flowTo(`sip:${hostInUri(flow.remoteAddress)}:${port}`) ?? flow,
    onRequest: (request, flow) => endpoint(request, flow),
    maxTransactions,
  });
  const registrar = createRegistrar({
    clock,
    after,
    onRegistered: (seat) => emit({ type: 'seat.registered', seat }),
    onUnregistered: (seat) => emit({ type: 'seat.unregistered', seat }),
  });
  const authenticator = createAuthenticator({
    accounts: options.accounts,
    realm: options.domain,
    algorithms: options.digestAlgorithms ?? ['MD5'],
    nonces: createNonceMint({ clock, secret: newToken() + newToken(), lifetimeMs: nonceLifetimeMs }),
    wrongAnswers: createThrottle({ clock, burst: 10, perSecond: 0.1 }),
  });
  const callParts: CallParts = {
    layer,
    after,
    newToken,
    log,
    emit,
    contactFor: (flow, user) =>
      flow.transport === 'udp' ? `sip:${user}@${host}:${trunkPort()}` : `sip:${user}@${options.domain};transport=ws`,
    flowTo: (uri) => udp?.flowTo(uri),
    flowOfSeat: (seat) => registrar.find(seat)?.flow,
    patience,
    journal,
    onEnded: calls.remove,
    findConsultation: (seat, { callId, localTag, remoteTag }) => {
      const call = calls.byDialog(callId, localTag);
      return call?.seat === seat && call.remoteTag() === remoteTag ? call.channel : undefined;
    },
  };
  const restore = async (saved: SavedCall): Promise<void> => {
    const flow = udp?.flowTo(`sip:${hostInUri(saved.remote.address)}:${saved.remote.port}`);
    const call = flow && (await restoreCall({ parts: callParts, media, saved, flow }));
    if (!call) {
      journal.forget(saved.channel);
      log.warn({ channel: saved.channel }, 'A call could not be taken up again');
      return;
    }
    calls.add(call);
    emit({ type: 'channel.restored', channel: call.channel, caller: saved.caller });
  };
  const newChannel = (): ChannelId => randomUUID() as string as ChannelId;
  const endpoint = createEndpoint({
    layer,
    calls,
    callParts,
    media,
    authenticator,
    registrar,
    isTrunk: createAllowList([...(options.trunks ?? loopback), ...trunkOutAddresses(options.trunkOut)]),
    newChannel,
    maxCalls,
    clock,
    guestLimits: options.guestLimits ?? defaultGuestLimits,
  });

  return {
    ...createPortMedia({ media, legOf: (channel) => calls.byChannel(channel)?.leg(), emit }),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    answer: (channel) => calls.byChannel(channel)?.answer() ?? Promise.resolve(false),
    hangUp: (channel, cause) => calls.byChannel(channel)?.hangUp(cause),
    originate: (asked) => {
      const binding = registrar.find(asked.seat);
      if (!binding) return undefined;
      if (!authenticator.stillValid(binding.proven)) {
        registrar.remove(asked.seat);
        return undefined;
      }
      const channel = newChannel();
      calls.add(placeCall({ parts: callParts, media, channel, called: calledSeat(asked, binding, options.domain) }));
      return channel;
    },
    canCallOut: () => options.trunkOut !== undefined,
    callOut: (asked) => {
      const { trunkOut } = options;
      const flow = trunkOut && udp?.flowTo(`sip:${trunkOut.host}`);
      if (!flow || calls.all().length >= maxCalls) return undefined;
      const channel = newChannel();
      calls.add(placeCall({ parts: callParts, media, channel, called: calledNumber(asked, trunkOut, flow, host) }));
      return channel;
    },
    start: async () => {
      udp = await openUdp({
        bindAddress: options.bindAddress,
        port: options.sipPort,
        log,
        onDatagram: receive,
        onSent,
      });
      for (const saved of journal.all()) await restore(saved);
    },
    stop: async () => {
      for (const call of calls.all()) call.hangUp('failure');
      registrar.close();
      layer.close();
      for (const webSocket of webSockets) webSocket.close(goingAway);
      webSockets.clear();
      await media.close();
      await udp?.close();
      udp = undefined;
      await trace.close();
    },
    acceptWebSocket: (webSocket, remoteAddress, remotePort = 0) => {
      if (webSockets.size >= maxWebSockets) return webSocket.close(tryAgainLater);
      const flow = attachWebSocket({
        webSocket,
        remoteAddress,
        remotePort,
        onMessage: receive,
        onSent,
        onClose: (lost) => {
          cancelStranger();
          webSockets.delete(webSocket);
          layer.flowLost(lost);
          registrar.flowLost(lost);
          for (const call of calls.all()) call.flowLost(lost);
        },
      });
      if (!flow) return;
      webSockets.add(webSocket);
      let cancelStranger = (): void => undefined;
      // A connection that proves no seat, and that no guest calls over, is of no use to anybody.
      const watchStranger = (): void => {
        cancelStranger = after(strangerMs, () => {
          if (registrar.seatOn(flow) !== undefined) return;
          if (calls.all().some((call) => call.guest?.speaksOver(flow))) return watchStranger();
          webSocket.close(policyViolation);
        });
      };
      watchStranger();
    },
    trunkPort,
    figures: () => ({ calls: calls.all().length, transactions: layer.size(), turnedAway: gate.turnedAway() }),
  };
};

/** Who is called may say in the call what it has to say. */
const trunkOutAddresses = (trunkOut: TrunkOut | undefined): readonly string[] =>
  trunkOut ? [trunkOut.host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')] : [];

const hostInUri = (address: string): string => (address.includes(':') ? `[${address}]` : address);
