import type { After } from './parts.ts';
import { type SipRequest, type SipResponse, serializeRequest, serializeResponse } from './sip-message.ts';
import { ackForRefusal } from './sip-requests.ts';
import {
  type TransactionAction,
  type TransactionEvent,
  type TransactionKind,
  type TransactionState,
  type TransactionTimer,
  timerMs,
  transactionTables,
} from './transaction-tables.ts';

/** Puts a message on the wire; false where the connection is gone. */
export type Send = (message: string) => boolean;

type Deed = Exclude<TransactionAction, { readonly start: TransactionTimer }>;

interface MachineParts {
  readonly kind: TransactionKind;
  readonly reliable: boolean;
  readonly after: After;
  /** Does what the table says; false where the wire refused it. */
  readonly perform: (deed: Deed) => boolean;
  readonly onEnd: () => void;
}

interface Machine {
  readonly take: (event: TransactionEvent) => void;
  /** Ends it at once, telling nobody. */
  readonly abandon: () => void;
}

const firstStates = {
  'invite-client': 'calling',
  client: 'trying',
  'invite-server': 'proceeding',
  server: 'trying',
} as const satisfies Record<TransactionKind, TransactionState>;

const firstTimers: Record<TransactionKind, readonly TransactionTimer[]> = {
  'invite-client': ['A', 'B'],
  client: ['E', 'F'],
  'invite-server': [],
  server: [],
};

/** Walks one transaction through its table, keeps its timers, ends by itself. */
const runMachine = (parts: MachineParts): Machine => {
  const table = transactionTables[parts.kind];
  const attempts = new Map<TransactionTimer, number>();
  const running = new Map<TransactionTimer, () => void>();
  let state: TransactionState = firstStates[parts.kind];

  const start = (timer: TransactionTimer): void => {
    const attempt = attempts.get(timer) ?? 0;
    const delayMs = timerMs(timer, parts.reliable, attempt);
    if (delayMs === undefined) return;
    attempts.set(timer, attempt + 1);
    running.get(timer)?.();
    running.set(
      timer,
      parts.after(delayMs, () => take(`timer-${timer}`)),
    );
  };

  const end = (): void => {
    state = 'terminated';
    for (const cancel of running.values()) cancel();
    running.clear();
    parts.onEnd();
  };

  const take = (event: TransactionEvent): void => {
    const step = table[state]?.[event];
    if (!step) return;
    const [next, ...actions] = step;
    state = next;
    let sent = true;
    for (const action of actions) {
      if (typeof action === 'object') start(action.start);
      else sent = parts.perform(action) && sent;
    }
    if (next === 'terminated') end();
    else if (!sent) take('transport-error');
  };

  firstTimers[parts.kind].forEach(start);
  return {
    take,
    abandon: () => {
      if (state !== 'terminated') end();
    },
  };
};

const eventOf = (status: number): '1xx' | '2xx' | '3xx-6xx' => {
  if (status < 200) return '1xx';
  return status < 300 ? '2xx' : '3xx-6xx';
};

export interface ClientTransaction {
  readonly request: SipRequest;
  readonly receive: (response: SipResponse) => void;
  readonly transportLost: () => void;
  readonly abandon: () => void;
}

/** What a request may come to; a final outcome comes once, but for the 2xx of several branches to an INVITE. */
export type ClientOutcome =
  | { readonly type: 'response'; readonly response: SipResponse }
  | { readonly type: 'timeout' }
  | { readonly type: 'transport-lost' };

/** Sends the request at once and again until it is answered (sections 17.1.1, 17.1.2). */
export const startClientTransaction = (options: {
  readonly request: SipRequest;
  readonly reliable: boolean;
  readonly after: After;
  readonly send: Send;
  readonly onOutcome: (outcome: ClientOutcome) => void;
  readonly onEnd: () => void;
}): ClientTransaction => {
  const { request, send } = options;
  const wire = serializeRequest(request);
  let latest: SipResponse | undefined;
  const perform = (deed: Deed): boolean => {
    switch (deed) {
      case 'resend':
        return send(wire);
      case 'send-ack':
        return latest === undefined || send(serializeRequest(ackForRefusal(request, latest)));
      case 'tell':
        if (latest) options.onOutcome({ type: 'response', response: latest });
        return true;
      case 'tell-timeout':
        options.onOutcome({ type: 'timeout' });
        return true;
      case 'tell-transport-error':
        options.onOutcome({ type: 'transport-lost' });
        return true;
      default:
        return deed satisfies never;
    }
  };
  const invite = request.method === 'INVITE';
  const machine = runMachine({
    kind: invite ? 'invite-client' : 'client',
    reliable: options.reliable,
    after: options.after,
    perform,
    onEnd: options.onEnd,
  });
  // Told later, not from within this call: the caller does not hold the transaction yet.
  if (!send(wire)) options.after(0, () => machine.take('transport-error'));
  return {
    request,
    receive: (response) => {
      latest = response;
      machine.take(eventOf(response.status));
    },
    transportLost: () => machine.take('transport-error'),
    abandon: machine.abandon,
  };
};

export interface ServerTransaction {
  readonly request: SipRequest;
  /** The same request again. */
  readonly repeat: () => void;
  /** ACK for a refused INVITE. */
  readonly acknowledged: () => void;
  readonly respond: (response: SipResponse) => void;
  /** Sends the 2xx of an INVITE once more: that is not the transaction's doing (RFC 6026 section 7.1). */
  readonly repeatAccepted: () => void;
  readonly transportLost: () => void;
  readonly abandon: () => void;
}

/** Answers one request and its repetitions alike (sections 17.2.1, 17.2.2). */
export const startServerTransaction = (options: {
  readonly request: SipRequest;
  readonly reliable: boolean;
  readonly after: After;
  readonly send: Send;
  readonly onEnd: () => void;
}): ServerTransaction => {
  let wire: string | undefined;
  const perform = (deed: Deed): boolean => {
    switch (deed) {
      case 'resend':
        return wire === undefined || options.send(wire);
      case 'send-ack':
      case 'tell':
      case 'tell-timeout':
      case 'tell-transport-error':
        // An INVITE refused needs no ACK to be over; a lost connection is the call's own matter.
        return true;
      default:
        return deed satisfies never;
    }
  };
  const invite = options.request.method === 'INVITE';
  const machine = runMachine({
    kind: invite ? 'invite-server' : 'server',
    reliable: options.reliable,
    after: options.after,
    perform,
    onEnd: options.onEnd,
  });
  return {
    request: options.request,
    repeat: () => machine.take('request'),
    acknowledged: () => machine.take('ack'),
    respond: (response) => {
      wire = serializeResponse(response);
      machine.take(eventOf(response.status));
    },
    repeatAccepted: () => {
      if (wire !== undefined) options.send(wire);
    },
    transportLost: () => machine.take('transport-error'),
    abandon: machine.abandon,
  };
};
