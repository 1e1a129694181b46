import type { Wants } from './routable.ts';

/**
 * `key-account`: 大用户. `restored`: a caller whose seat was lost in the middle of the talk.
 */
export const priorities = ['normal', 'key-account', 'restored'] as const;
export type Priority = (typeof priorities)[number];

/** A contact that waits for a seat, as routing sees it. */
export interface WaitingContact extends Wants {
  /** Server time in ms since when. */
  readonly since: number;
  readonly priority: Priority;
  /** The agent who works this caller's open form. */
  readonly familiar: string | undefined;
  /** The seat that was offered this contact last and did not answer (RONA). */
  readonly missed: { readonly seat: string; readonly at: number } | undefined;
}

/**
 * How much earlier than it did a contact counts as having come. Priority ages by this: a contact is
 * never passed by one that came later by more than the longest head start, so nobody waits for ever
 * behind higher priorities (A3).
 */
export type HeadStartSeconds = Readonly<Record<Priority, number>>;

/** Server time in ms at which the contact counts as having come. */
export const countsFrom = (
  contact: Pick<WaitingContact, 'since' | 'priority'>,
  headStartSeconds: HeadStartSeconds,
): number => contact.since - headStartSeconds[contact.priority] * 1000;

/** Who is to be served first stands first; of two equal ones who was first in the list. */
export const inLine = <Contact extends Pick<WaitingContact, 'since' | 'priority'>>(
  contacts: readonly Contact[],
  headStartSeconds: HeadStartSeconds,
): readonly Contact[] =>
  [...contacts].sort((one, two) => countsFrom(one, headStartSeconds) - countsFrom(two, headStartSeconds));
