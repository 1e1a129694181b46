import { type Flow, isReliable } from './flow.ts';
import type { After, NewToken } from './parts.ts';
import {
  type HeaderField,
  headerList,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  serializeRequest,
  serializeResponse,
  type Via,
} from './sip-message.ts';
import { formatVia, makeResponse, type Reply } from './sip-requests.ts';
import {
  type ClientOutcome,
  type ClientTransaction,
  type ServerTransaction,
  startClientTransaction,
  startServerTransaction,
} from './transactions.ts';

/** Finds the transaction a message belongs to and makes new ones, never more than its limit. */
export interface TransactionLayer {
  readonly receive: (message: SipMessage, flow: Flow) => void;
  /**
   * A transaction for a request just received; undefined where there are too many: 503 was answered.
   * `cancel` hears of the CANCELs of an INVITE, after they were answered.
   */
  readonly accept: (request: SipRequest, flow: Flow, cancel?: CancelHook) => ServerTransaction | undefined;
  /** One answer and no memory of it: for challenges and refusals, which floods ask for (section 8.2.7). */
  readonly replyOnce: (request: SipRequest, flow: Flow, reply: Reply) => void;
  readonly request: (
    flow: Flow,
    build: (via: Via) => SipRequest,
    onOutcome: (outcome: ClientOutcome) => void,
  ) => ClientTransaction;
  /** Sends a CANCEL, whose branch is its INVITE's. */
  readonly cancel: (flow: Flow, cancel: SipRequest) => void;
  /** Sends an ACK of a 2xx, which is no transaction. */
  readonly acknowledge: (flow: Flow, build: (via: Via) => SipRequest) => () => void;
  /** The connection is gone: nobody waits for answers on it. */
  readonly flowLost: (flow: Flow) => void;
  readonly size: () => number;
  readonly close: () => void;
}

interface CancelHook {
  /** Our tag in the call, for the answer to the CANCEL. */
  readonly toTag: string;
  readonly onCancel: () => void;
}

interface LayerParts {
  readonly after: After;
  readonly newToken: NewToken;
  /** Host and port of our Via on that flow. */
  readonly sentBy: (flow: Flow) => { readonly host: string; readonly port: number | undefined };
  /** Where an answer goes whose Via did not ask for `rport` (section 18.2.2). */
  readonly flowToPort: (flow: Flow, port: number) => Flow;
  /** A request of no known transaction; ACKs always come here, for a call may wait for one. */
  readonly onRequest: (request: SipRequest, flow: Flow) => void;
  readonly maxTransactions: number;
}

const magicCookie = 'z9hG4bK';
const defaultSipPort = 5060;

interface Entry<Transaction> {
  readonly flow: Flow;
  readonly transaction: Transaction;
}

interface ServerEntry extends Entry<ServerTransaction> {
  readonly cancel: CancelHook | undefined;
}

export const createTransactionLayer = (parts: LayerParts): TransactionLayer => {
  const clients = new Map<string, Entry<ClientTransaction>>();
  const servers = new Map<string, ServerEntry>();
  /** Tag of answers given without memory: the same for each repetition of a request, as section 8.2.7 wants. */
  const onceTag = parts.newToken();

  const newVia = (flow: Flow): Via => ({
    transport: flow.transport === 'udp' ? 'UDP' : 'WS',
    ...parts.sentBy(flow),
    params: new Map([
      ['branch', magicCookie + parts.newToken()],
      ['rport', ''],
    ]),
  });
  const replyFlow = (request: SipRequest, flow: Flow): Flow =>
    flow.transport === 'ws' || request.via.params.has('rport')
      ? flow
      : parts.flowToPort(flow, request.via.port ?? defaultSipPort);

  const receiveRequest = (received: SipRequest, flow: Flow) => {
    const request = withReceived(received, flow);
    const branch = request.via.params.get('branch') ?? '';
    if (request.method === 'ACK') {
      servers.get(serverKey(request, flow, 'INVITE'))?.transaction.acknowledged();
      parts.onRequest(request, flow);
      return;
    }
    if (!branch.startsWith(magicCookie)) return replyOnce(request, flow, { status: 400 });
    if (request.method === 'CANCEL') return receiveCancel(request, flow);
    const known = servers.get(serverKey(request, flow, request.method));
    if (known) known.transaction.repeat();
    else parts.onRequest(request, flow);
  };

  const replyOnce = (request: SipRequest, flow: Flow, reply: Reply, toTag = onceTag): void => {
    if (request.method === 'ACK') return;
    replyFlow(request, flow).send(serializeResponse(makeResponse(request, toTag, reply)));
  };
  const receiveCancel = (cancel: SipRequest, flow: Flow): void => {
    const hook = servers.get(serverKey(cancel, flow, 'INVITE'))?.cancel;
    replyOnce(cancel, flow, { status: hook === undefined ? 481 : 200 }, hook?.toTag);
    hook?.onCancel();
  };

  const startClient = (
    flow: Flow,
    request: SipRequest,
    onOutcome: (outcome: ClientOutcome) => void,
  ): ClientTransaction => {
    const key = clientKey(request);
    const transaction = startClientTransaction({
      request,
      reliable: isReliable(flow),
      after: parts.after,
      send: flow.send,
      onOutcome,
      onEnd: () => clients.delete(key),
    });
    clients.set(key, { flow, transaction });
    return transaction;
  };

  return {
    receive: (message, flow) => {
      if (message.kind === 'request') return receiveRequest(message, flow);
      return clients.get(clientKey(message))?.transaction.receive(message);
    },
    accept: (request, flow, cancel) => {
      if (servers.size + clients.size >= parts.maxTransactions) {
        replyOnce(request, flow, { status: 503, more: [{ name: 'Retry-After', value: '10' }] });
        return undefined;
      }
      const key = serverKey(request, flow, request.method);
      const transaction = startServerTransaction({
        request,
        reliable: isReliable(flow),
        after: parts.after,
        send: replyFlow(request, flow).send,
        onEnd: () => servers.delete(key),
      });
      servers.set(key, { flow, transaction, cancel });
      return transaction;
    },
    replyOnce: (request, flow, reply) => replyOnce(request, flow, reply),
    request: (flow, build, onOutcome) => startClient(flow, build(newVia(flow)), onOutcome),
    cancel: (flow, cancel) => {
      startClient(flow, cancel, () => undefined);
    },
    acknowledge: (flow, build) => {
      const wire = serializeRequest(build(newVia(flow)));
      const send = () => {
        flow.send(wire);
      };
      send();
      return send;
    },
    flowLost: (flow) => {
      for (const entry of [...clients.values(), ...servers.values()]) {
        if (entry.flow === flow) entry.transaction.transportLost();
      }
    },
    size: () => servers.size + clients.size,
    close: () => {
      for (const entry of [...clients.values(), ...servers.values()]) entry.transaction.abandon();
    },
  };
};

const clientKey = (message: SipRequest | SipResponse): string =>
  `${message.via.params.get('branch') ?? ''} ${message.cseq.method}`;

/** Section 17.2.3; the source address as well, so that nobody else's message can touch the transaction. */
const serverKey = (request: SipRequest, flow: Flow, method: string): string =>
  [request.via.params.get('branch') ?? '', request.via.host, request.via.port ?? '', flow.remoteAddress, method].join(
    ' ',
  );

/** Writes down where the request really came from (section 18.2.1, RFC 3581). */
const withReceived = (request: SipRequest, flow: Flow): SipRequest => {
  const params = new Map(request.via.params);
  params.set('received', flow.remoteAddress);
  if (params.has('rport')) params.set('rport', String(flow.remotePort));
  const via: Via = { ...request.via, params };
  const vias = [formatVia(via), ...headerList(request.headers, 'Via').slice(1)].map(
    (value): HeaderField => ({ name: 'Via', value }),
  );
  return {
    ...request,
    via,
    headers: [...vias, ...request.headers.filter((header) => header.name.toLowerCase() !== 'via')],
  };
};
