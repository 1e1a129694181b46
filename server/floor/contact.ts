import { sipHeaders } from '../../contract/sip-headers.ts';
import type { CallOrigin } from '../../domain/access/call-origin.ts';
import type { Language } from '../../domain/access/language.ts';
import type { Service } from '../../domain/access/services.ts';
import type { CallerPriority } from '../../domain/routing/priority.ts';
import type { ChannelId } from '../telephony/port.ts';

/** What a seat is told about a call before it answers; it stays with the caller through transfers. */
export interface Contact {
  readonly contactId: string;
  /** Digits and signs of a telephone number; empty where withheld. */
  readonly caller: string;
  readonly service: Service;
  readonly language: Language;
  readonly origin: CallOrigin;
}

/** One end of a talk. */
export type Party =
  | { readonly kind: 'caller'; readonly channel: ChannelId }
  /** A customer whom a seat called: no menu, no queue, the line ends with the talk. */
  | { readonly kind: 'called'; readonly channel: ChannelId }
  | { readonly kind: 'seat'; readonly channel: ChannelId; readonly seat: string };

/** How a party left: `lost` where the line failed and nobody meant to hang up. */
export type Leaving = 'hung-up' | 'lost';

/** What a trunk says of its caller, cut down to what may stand in a header. */
export const callerNumber = (told: string): string => told.replace(/[^+\d*#]/g, '').slice(0, 32);

/** The form that goes with a talk that is handed on, and the seat that will speak first. */
export interface HandedOn {
  readonly form?: string | undefined;
  readonly giver?: string | undefined;
}

/** `known`: what the records say of the caller; `callback` only where its promise is still to be kept. */
export const headersOf = (
  contact: Contact,
  waitedSeconds: number,
  known: { readonly priority: CallerPriority; readonly callback?: string | undefined } & HandedOn,
): Readonly<Record<string, string>> => ({
  [sipHeaders.contactId]: contact.contactId,
  [sipHeaders.caller]: contact.caller,
  [sipHeaders.service]: contact.service,
  [sipHeaders.language]: contact.language,
  [sipHeaders.waitedSeconds]: String(waitedSeconds),
  [sipHeaders.origin]: contact.origin,
  [sipHeaders.priority]: known.priority,
  ...(known.callback === undefined ? {} : { [sipHeaders.callback]: known.callback }),
  ...(known.form === undefined ? {} : { [sipHeaders.form]: known.form }),
  ...(known.giver === undefined ? {} : { [sipHeaders.giver]: known.giver }),
});
