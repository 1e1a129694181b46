import type { Attachment, ComplaintFields } from '../../domain/forms/complaint.ts';
import type { Form, Refusal } from '../../domain/forms/form.ts';
import type { FormKind } from '../../domain/forms/form-kind.ts';
import type { ChangeOperation } from '../../domain/forms/operations.ts';
import type { Origin } from '../../domain/forms/origin.ts';
import type { Inbox } from '../../domain/forms/work.ts';
import type { Result } from '../../domain/result.ts';
import type { FormChanged } from '../sync/take-operations.ts';

/** What came in with nobody at a desk. */
export interface OpenRequest {
  /**
   * UUIDv7s made before anything else is done and kept by the caller, so that asking again after a crash opens
   * nothing twice: the form that is there is answered.
   */
  readonly form: string;
  readonly operation: string;
  readonly kind: FormKind;
  readonly origin: Origin;
  /** What is known; the channel is that of the origin unless it is said here (a caller from the web page). */
  readonly fields: Partial<ComplaintFields>;
  /** Kept in the attachment store before. */
  readonly attachments: readonly Attachment[];
}

/** A change as the centre makes it; `operation` is a UUIDv7 kept by the caller, as for opening. */
export type CentreChange = {
  [Kind in ChangeOperation['kind']]: {
    readonly operation: string;
    readonly form: string;
    readonly kind: Kind;
    readonly payload: Extract<ChangeOperation, { kind: Kind }>['payload'];
  };
}[ChangeOperation['kind']];

/** Forms waiting for somebody, by inbox. */
export type Waiting = Readonly<Record<Inbox, number>>;

/**
 * The centre as an author of forms: what it opens and changes goes through the same rule, the same
 * log and the same transaction as what a desk pushes, under the staff number `CENTRE`.
 */
export interface CentreForms {
  /** `unreadable`: the request breaks a schema (a text too long, say). */
  readonly open: (request: OpenRequest) => Promise<Result<Form, Refusal>>;
  readonly perform: (change: CentreChange) => Promise<Result<Form, Refusal>>;
  readonly findById: (id: string) => Promise<Form | undefined>;
  /** By the number as people say it, with or without hyphens and spaces. */
  readonly findByNumber: (number: string) => Promise<Form | undefined>;
  /** The form that an e-mail opened or was threaded onto; without angle brackets. */
  readonly findByMessageId: (messageId: string) => Promise<Form | undefined>;
  /** Forms that came out of a call or have it linked. */
  readonly findByContactId: (contactId: string) => Promise<readonly Form[]>;
  /** Drafts with this contact number, last changed first (A3: the agent who knows this caller). */
  readonly findOpenByCaller: (contactNumber: string) => Promise<readonly Form[]>;
  /** What waits or is claimed there, oldest first. */
  readonly findInInbox: (inbox: Inbox) => Promise<readonly Form[]>;
  readonly waiting: () => Promise<Waiting>;
  /** Hears every change once its transaction is through, desks' too. Returns the function that stops it. */
  readonly onChanged: (listener: (change: FormChanged) => void) => () => void;
}
