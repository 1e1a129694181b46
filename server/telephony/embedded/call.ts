import type { ChannelId, HangUpCause, TelephonyEvent } from '../port.ts';
import type { ProvenGuest } from './authenticator.ts';
import type { Flow } from './flow.ts';
import type { MediaLeg } from './media/media-leg.ts';
import type { After, Log, NewToken } from './parts.ts';
import type { CallJournal } from './saved-call.ts';
import type { SipRequest } from './sip-message.ts';
import type { TransactionLayer } from './transaction-layer.ts';

export interface GuestOnCall {
  readonly proven: ProvenGuest;
  /** Whether the guest spoke of this call over that connection last. */
  readonly speaksOver: (flow: Flow) => boolean;
}

/** A channel of the port, from its first INVITE to its end. */
export interface Call {
  readonly channel: ChannelId;
  /** Dialog identifiers that our side chose or was given: what in-dialog requests are found by. */
  readonly callId: string;
  readonly localTag: string;
  /** Staff number of the seat this call is with; undefined for callers. */
  readonly seat: string | undefined;
  /** The caller from the web; undefined for callers from a trunk, and seats. */
  readonly guest: GuestOnCall | undefined;
  /** undefined until the first SDP is dealt with. */
  readonly leg: () => MediaLeg | undefined;
  readonly remoteTag: () => string | undefined;
  readonly answer: () => Promise<boolean>;
  readonly hangUp: (cause: HangUpCause) => void;
  /** A request in its dialog, new, of any method but ACK and CANCEL. */
  readonly receive: (request: SipRequest, flow: Flow) => void;
  readonly acknowledged: (ack: SipRequest) => void;
  /** The connection the call was signalled over is gone. */
  readonly flowLost: (flow: Flow) => void;
  /** Ends without a word to anybody: the switch stops. */
  readonly drop: () => void;
}

type EndedEvent = Extract<TelephonyEvent, { type: 'channel.ended' }>;
export type EndCause = EndedEvent['cause'];

/** What every call is made of. */
export interface CallParts {
  readonly layer: TransactionLayer;
  readonly after: After;
  readonly newToken: NewToken;
  readonly log: Log;
  readonly emit: (event: TelephonyEvent) => void;
  /** The URI in our Contact on that flow. */
  readonly contactFor: (flow: Flow, user: string) => string;
  /** A flow to where a UDP peer's URI says, if it names an address. */
  readonly flowTo: (uri: string) => Flow | undefined;
  /** The connection a seat is registered over now: it may have come back over another one. */
  readonly flowOfSeat: (seat: string) => Flow | undefined;
  /** How long a party may be silent and a seat's connection be away before the call ends. */
  readonly patience: {
    readonly silentSeatMs: number;
    readonly silentCallerMs: number;
    readonly unreachableSeatMs: number;
  };
  /** Answered calls of trunks, so that a restart finds them. */
  readonly journal: CallJournal;
  readonly onEnded: (call: Call) => void;
  /** The other call of the same seat that a Replaces names. */
  readonly findConsultation: (
    seat: string,
    dialog: { readonly callId: string; readonly localTag: string; readonly remoteTag: string },
  ) => ChannelId | undefined;
}
