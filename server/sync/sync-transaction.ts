import type { Form, Refusal } from '../../domain/forms/form.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import type { Role } from '../../domain/people/roles.ts';
import type { Scope } from '../../domain/sync/scope.ts';
import type { Pulled } from './pull.ts';

/** The centre's records, as far as sync needs them. sync-records-contract.ts says in tests what every adapter keeps to. */
export interface SyncRecords {
  /**
   * What `work` writes is there for all others at once when this resolves, and nothing of it where it rejects.
   * Rejects with what `work` threw, or with a `RecordsFailure`: then it is not known whether anything was written.
   * Where it may not wait, a lock that somebody else has for long is a `conflict`.
   */
  readonly transaction: <Value>(
    work: (transaction: SyncTransaction) => Promise<Value>,
    how?: { readonly mayWait: boolean },
  ) => Promise<Value>;
  readonly changesAfter: (cursor: number, limit: number, scope: Scope) => Promise<Pulled>;
}

/**
 * What taking operations needs of the records within one transaction. Locks are held to its end and
 * are taken in this order, so that two never wait for each other: the device, the forms in the order of
 * their ids, the operations in the order of theirs, the change cursor.
 */
export interface SyncTransaction {
  /** Waits for whoever has the device; `lastSeq` is noted where it is higher than before. */
  readonly lockDevice: (device: string, lastSeq: number) => Promise<void>;
  /** What stands recorded under the id of any of these, or under its device and seq. */
  readonly seen: (operations: readonly Operation[]) => Promise<readonly SeenOperation[]>;
  /** Those of these forms that are there, locked and as they are then; the others are free to be opened. */
  readonly formsForUpdate: (ids: readonly string[]) => Promise<readonly Form[]>;
  /** Those of these numbers that stand on a form. */
  readonly numbersTaken: (numbers: readonly string[]) => Promise<readonly string[]>;
  /**
   * Records operations with what became of them, and lets the knowledge base hear of those applied. One whose
   * id, or device and seq, another transaction has recorded since `seen` is a `RecordsFailure` (`conflict`).
   */
  readonly keepOperations: (
    operations: readonly JudgedOperation[],
    by: { readonly roles: readonly Role[] },
  ) => Promise<void>;
  /**
   * The first of the next `count` positions of the change log; `count` may be 0. Waits for whoever took the
   * last ones, to the end of that transaction: positions become visible in their own order, without a gap.
   * The same lock orders the audit chain.
   */
  readonly takeCursors: (count: number) => Promise<number>;
  /** Under the lock of the cursors: the forms, the change log, and a link of the audit chain for every operation. */
  readonly write: (written: Written) => Promise<void>;
}

export interface SeenOperation {
  readonly id: string;
  readonly device: string;
  readonly seq: number;
  /** As it was taken. */
  readonly operation: unknown;
  readonly refusal: Refusal | null;
}

export interface JudgedOperation {
  readonly operation: Operation;
  /** Null: applied. */
  readonly refusal: Refusal | null;
  /** The form after it; null where it was refused. */
  readonly form: Form | null;
  /** ms since the epoch, the centre's clock. */
  readonly receivedAt: number;
  readonly session: string;
}

export interface Written {
  /** All that were judged, in the order of the audit chain. */
  readonly operations: readonly JudgedOperation[];
  /** Each form once. */
  readonly forms: readonly WrittenForm[];
  /** One for each operation applied, ascending. */
  readonly changes: readonly { readonly cursor: number; readonly form: string; readonly operation: string }[];
}

export interface WrittenForm {
  readonly form: Form;
  /** As it stood before the transaction; undefined: it is opened now. */
  readonly before: Form | undefined;
  /** Of its latest change. */
  readonly cursor: number;
  /** When the centre is to look at its deadlines; null: not by time alone. */
  readonly warnAt: number | null;
}

/**
 * The records could not do it now, whatever was asked of them. `conflict`: another transaction came in
 * between, and the same asked again may go through; `unavailable`: they are not to be reached.
 */
export class RecordsFailure extends Error {
  readonly kind: 'conflict' | 'unavailable';

  constructor(kind: RecordsFailure['kind'], cause: unknown) {
    super(`the records could not do this now (${kind})`, { cause });
    this.kind = kind;
  }
}
