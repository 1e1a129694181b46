/**
 * The four transactions of RFC 3261 section 17, with the Accepted states of RFC 6026, as tables:
 * a cell says where an event leads and what is done on the way. A missing cell means "ignored":
 * a retransmission, or a timer of a state already left.
 */
export type TransactionKind = 'invite-client' | 'client' | 'invite-server' | 'server';

export type TransactionState =
  | 'calling'
  | 'trying'
  | 'proceeding'
  | 'accepted'
  | 'completed'
  | 'confirmed'
  | 'terminated';

/** RFC 3261 table 4; L and M are RFC 6026's. */
export type TransactionTimer = 'A' | 'B' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M';

export type TransactionEvent =
  /** The peer's request again; ACK for an INVITE refused. */
  | 'request'
  | 'ack'
  /** Responses: from the peer in client transactions, from our side in server transactions. */
  | '1xx'
  | '2xx'
  | '3xx-6xx'
  | 'transport-error'
  | `timer-${TransactionTimer}`;

export type TransactionAction =
  /** Sends the request (client) or the last response (server) once more. */
  | 'resend'
  /** ACK for a refusal; it belongs to the transaction (section 17.1.1.3). */
  | 'send-ack'
  /** Hands the response to whoever made the request. */
  | 'tell'
  | 'tell-timeout'
  | 'tell-transport-error'
  | { readonly start: TransactionTimer };

export type TransactionTable = Partial<
  Record<TransactionState, Partial<Record<TransactionEvent, readonly [TransactionState, ...TransactionAction[]]>>>
>;

/**
 *              INVITE sent, start A B
 *                     │          B: timeout, or transport error
 *   A: resend ┌──▶ calling ─────────────────────────────▶ terminated
 *             └───────┤ 1xx                                  ▲ ▲
 *                     ├──────▶ proceeding ─ 2xx ▶ accepted ──┘ │
 *                     │ 3xx–6xx     │             (M, each 2xx │
 *                     ▼             ▼              is told)    │
 *                  completed ◀── 3xx–6xx ── D ─────────────────┘
 */
const inviteClient: TransactionTable = {
  calling: {
    'timer-A': ['calling', 'resend', { start: 'A' }],
    'timer-B': ['terminated', 'tell-timeout'],
    'transport-error': ['terminated', 'tell-transport-error'],
    '1xx': ['proceeding', 'tell'],
    '2xx': ['accepted', 'tell', { start: 'M' }],
    '3xx-6xx': ['completed', 'send-ack', 'tell', { start: 'D' }],
  },
  proceeding: {
    '1xx': ['proceeding', 'tell'],
    '2xx': ['accepted', 'tell', { start: 'M' }],
    '3xx-6xx': ['completed', 'send-ack', 'tell', { start: 'D' }],
    'transport-error': ['terminated', 'tell-transport-error'],
  },
  accepted: { '2xx': ['accepted', 'tell'], 'timer-M': ['terminated'] },
  completed: { '3xx-6xx': ['completed', 'send-ack'], 'timer-D': ['terminated'], 'transport-error': ['terminated'] },
};

/**
 *           request sent, start E F
 *                    │            F: timeout, or transport error
 *   E: resend ┌──▶ trying ──────────────────────────────▶ terminated
 *             └──────┤ 1xx                                 ▲    ▲
 *                    ├──────▶ proceeding (E: resend) ─ F ──┘    │
 *                    ▼ 2xx–6xx    ▼ 2xx–6xx                     │
 *                    └────────▶ completed ────────── K ─────────┘
 */
const client: TransactionTable = {
  trying: {
    'timer-E': ['trying', 'resend', { start: 'E' }],
    'timer-F': ['terminated', 'tell-timeout'],
    'transport-error': ['terminated', 'tell-transport-error'],
    '1xx': ['proceeding', 'tell'],
    '2xx': ['completed', 'tell', { start: 'K' }],
    '3xx-6xx': ['completed', 'tell', { start: 'K' }],
  },
  proceeding: {
    'timer-E': ['proceeding', 'resend', { start: 'E' }],
    'timer-F': ['terminated', 'tell-timeout'],
    'transport-error': ['terminated', 'tell-transport-error'],
    '1xx': ['proceeding', 'tell'],
    '2xx': ['completed', 'tell', { start: 'K' }],
    '3xx-6xx': ['completed', 'tell', { start: 'K' }],
  },
  completed: { 'timer-K': ['terminated'] },
};

/**
 *   INVITE ──▶ proceeding (INVITE again: resend the 1xx)
 *                │ 2xx                          │ 3xx–6xx, start G H
 *                ▼                              ▼
 *             accepted (INVITE again: silence)  completed (G, INVITE again: resend)
 *                │ L                            │ ACK, start I     │ H: no ACK
 *                ▼                              ▼                  ▼
 *             terminated ◀──────────── I ─── confirmed         terminated
 *
 * A 2xx is repeated by the call that sent it until its ACK comes (section 13.3.1.4).
 */
const inviteServer: TransactionTable = {
  proceeding: {
    request: ['proceeding', 'resend'],
    '1xx': ['proceeding', 'resend'],
    '2xx': ['accepted', 'resend', { start: 'L' }],
    '3xx-6xx': ['completed', 'resend', { start: 'G' }, { start: 'H' }],
    'transport-error': ['terminated', 'tell-transport-error'],
  },
  accepted: { 'timer-L': ['terminated'] },
  completed: {
    request: ['completed', 'resend'],
    'timer-G': ['completed', 'resend', { start: 'G' }],
    'timer-H': ['terminated', 'tell-timeout'],
    ack: ['confirmed', { start: 'I' }],
    'transport-error': ['terminated', 'tell-transport-error'],
  },
  confirmed: { 'timer-I': ['terminated'] },
};

/**
 *   request ──▶ trying ─ 1xx ▶ proceeding (request again: resend)
 *                 │ 2xx–6xx        │ 2xx–6xx
 *                 └────▶ completed (request again: resend) ─ J ▶ terminated
 */
const server: TransactionTable = {
  trying: {
    '1xx': ['proceeding', 'resend'],
    '2xx': ['completed', 'resend', { start: 'J' }],
    '3xx-6xx': ['completed', 'resend', { start: 'J' }],
    'transport-error': ['terminated', 'tell-transport-error'],
  },
  proceeding: {
    request: ['proceeding', 'resend'],
    '1xx': ['proceeding', 'resend'],
    '2xx': ['completed', 'resend', { start: 'J' }],
    '3xx-6xx': ['completed', 'resend', { start: 'J' }],
    'transport-error': ['terminated', 'tell-transport-error'],
  },
  completed: { request: ['completed', 'resend'], 'timer-J': ['terminated'], 'transport-error': ['terminated'] },
};

export const transactionTables: Record<TransactionKind, TransactionTable> = {
  'invite-client': inviteClient,
  client,
  'invite-server': inviteServer,
  server,
};

export const t1Ms = 500;
export const t2Ms = 4_000;
const t4Ms = 5_000;

/**
 * How long a timer runs, the `attempt` counted from 0; undefined where it is not started because
 * the transport is reliable (RFC 3261 table 4).
 */
export const timerMs = (timer: TransactionTimer, reliable: boolean, attempt: number): number | undefined => {
  switch (timer) {
    case 'A':
      return reliable ? undefined : t1Ms * 2 ** attempt;
    case 'E':
    case 'G':
      return reliable ? undefined : Math.min(t1Ms * 2 ** attempt, t2Ms);
    case 'B':
    case 'F':
    case 'H':
    case 'L':
    case 'M':
      return 64 * t1Ms;
    case 'D':
      return reliable ? 0 : 64 * t1Ms;
    case 'J':
      return reliable ? 0 : 64 * t1Ms;
    case 'I':
    case 'K':
      return reliable ? 0 : t4Ms;
    default:
      return timer satisfies never;
  }
};
