import type { Form, Refusal } from '../../../domain/forms/form.ts';
import type { Operation } from '../../../domain/forms/operations.ts';
import type { ProcedureRules } from '../../../domain/forms/procedure/procedure-rules.ts';
import type { Scope } from '../../../domain/sync/scope.ts';

/**
 * An operation's life on this desk; `acknowledged` rows go once the centre's form shows them.
 *
 *   pending ── applied ──▶ acknowledged ── pulled ──▶ (gone)
 *      └────── refused ──▶ rejected ────── settled ─▶ dismissed
 */
export type OutboxState = 'pending' | 'acknowledged' | 'rejected' | 'dismissed';

/** How far a first fill, or one for another scope, has come (contract/sync.ts, `snapshotHead`). */
export interface Fill {
  readonly head: number;
  /** The lowest cursor taken in; null: none yet. */
  readonly before: number | null;
  readonly done: number;
  readonly total: number;
}

/** What this desk knows about itself and about how far it has come. */
export interface SyncState {
  readonly device: string;
  readonly nextSeq: number;
  /** Every change up to here is taken in, but for what a fill still owes. */
  readonly cursor: number;
  /** For which it was filled; null: never; `unknown`: it was, before there were scopes. */
  readonly scope: Scope | 'unknown' | null;
  readonly fill: Fill | null;
}

/** A form of a fill: its cursor and its row (`formRowNames`) as the centre has reckoned it, and the form as JSON in UTF-8, not parsed yet. */
export interface SentForm {
  readonly id: string;
  readonly cursor: number;
  /** The cursor first. */
  readonly row: readonly (string | number | null)[];
  readonly text: Uint8Array;
  readonly parse: () => Form;
}

/**
 * What the rules of sync need of a desk's disk, within one transaction. The steps beside this file are
 * written against it alone, so that a simulator can run them on disks that die.
 */
export interface DeskStore {
  readonly state: () => SyncState;
  readonly setState: (changed: Partial<SyncState>) => void;
  readonly rules: () => ProcedureRules;

  readonly append: (made: Operation, formNumber: string) => void;
  /** What every answer of the centre tells about its clock, and when; ms. */
  readonly noteContact: (times: { readonly server: number; readonly here: number }) => void;
  /**
   * A person's, in the order they were made; those of a colleague who worked here before wait until they sign in again.
   * Those that stand behind an unsettled refusal of their form are left out, and those on the forms of `without`.
   */
  readonly sendable: (by: string, limit: number, without: ReadonlySet<string>) => readonly Operation[];
  readonly pending: () => readonly Operation[];
  /** Those that make this desk's view of a form differ from the centre's, in their order. */
  readonly standingOn: (form: string) => readonly Operation[];
  /** Whether the centre's form that is here shows it in its history. */
  readonly isShown: (form: string, operation: string) => boolean;
  /** Forms on which any stands. */
  readonly touched: () => ReadonlySet<string>;
  readonly acknowledge: (operation: string) => void;
  readonly reject: (operation: string, refusal: Refusal) => void;
  readonly dismiss: (operation: string) => void;
  readonly renumber: (seq: number, renamed: Operation) => void;
  /** Notes which pending operations do not apply to the form as it is now; the centre has the last word. */
  readonly markBlocked: (form: string, blocked: ReadonlyMap<string, Refusal>) => void;
  /** Forgets acknowledged operations that the centre's form shows in its history. */
  readonly forgetTakenIn: (form: string, shown: ReadonlySet<string>) => void;

  /** What the screen shows. */
  readonly screenForm: (id: string) => Form | undefined;
  readonly serverForm: (id: string) => Form | undefined;
  /** Undefined: the centre's form is not here. */
  readonly serverCursor: (id: string) => number | undefined;
  readonly putServerForm: (form: Form, cursor: number) => void;
  /** Before this desk changes what the screen shows: the centre's state is kept beside it. */
  readonly keepServerForm: (id: string) => void;
  readonly putScreenForm: (form: Form) => void;
  readonly removeScreenForm: (id: string) => void;
  /** The centre's state of a form on which nothing of this desk's stands: the screen shows it as it is. */
  readonly putSharedForm: (form: Form, cursor: number) => void;
  /** The same of many as they were sent, unless what is here is newer; a search finds them later. */
  readonly putSentForms: (sent: readonly SentForm[]) => void;
  /**
   * Forgets the centre's forms but for those on which something of this desk's stands: they get cursor 0, which
   * says that the scope has not brought them.
   */
  readonly forgetUntouchedForms: () => void;
  /** Forgets forms of cursor 0 on which nothing stands that the centre has not taken. */
  readonly forgetStrays: () => void;
  /**
   * Once everything is pulled: what the centre has taken and no pull has brought is outside the scope. Forgets forms
   * on which nothing else stands, and answers which.
   */
  readonly forgetUnbrought: () => ReadonlySet<string>;
}
