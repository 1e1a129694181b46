import type { FaultKind } from '../../domain/access/fault-kinds.ts';
import type { Rating } from '../../domain/access/voice-call.ts';
import type { Contact } from '../floor/contact.ts';

/** As `MessageEnding` of the statechart, or cut short for want of disk. */
export const keptEndings = ['confirmed', 'hung-up', 'interrupted', 'disk-full'] as const;
export type KeptEnding = (typeof keptEndings)[number];

/** A voice message as it lies on the disk (A7). */
export interface KeptMessage {
  /** Ids made when the message was begun. */
  readonly form: string;
  readonly operation: string;
  readonly contact: Contact;
  /** Where the caller can be reached. */
  readonly number: string;
  /** Server time in ms. */
  readonly startedAt: number;
  readonly ended: { readonly at: number; readonly how: KeptEnding };
  /** In the order they were spoken. */
  readonly segments: readonly { readonly file: string; readonly ms: number }[];
}

/** Puts into the records what callers leave behind. A promise that is kept has committed; one that is not rejects. */
export interface ContactKeeper {
  /** A6. */
  readonly keepCallback: (contact: Contact, number: string) => Promise<void>;
  /** A7. Asked again for the same message it keeps nothing twice. */
  readonly keepMessage: (message: KeptMessage) => Promise<void>;
  /** Q1: what the caller keyed after the talk. */
  readonly keepRating: (contact: Contact, outcome: Rating) => Promise<void>;
  /** Service 112: answers the form's number. */
  readonly bookFault: (contact: Contact, line: string, kind: FaultKind) => Promise<string>;
}
