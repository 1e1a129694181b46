import type { Form } from '../../domain/forms/form.ts';
import type { Operation } from '../../domain/forms/operations.ts';
import { departmentsOf, seenByDepartment } from '../../domain/forms/procedure/department-view.ts';
import type { Scope } from '../../domain/sync/scope.ts';
import type { Pulled } from '../../server/sync/pull.ts';
import {
  type JudgedOperation,
  RecordsFailure,
  type SeenOperation,
  type SyncRecords,
  type SyncTransaction,
  type Written,
} from '../../server/sync/sync-transaction.ts';
import type { Counts } from './counts.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

interface KeptForm {
  readonly form: Form;
  readonly cursor: number;
}

interface Transaction {
  readonly locks: string[];
  waitsFor: string | undefined;
  state: 'open' | 'ended' | 'dead';
  judged: readonly JudgedOperation[];
  written: Written | undefined;
  cursorsTaken: number;
}

interface Lock {
  owner: Transaction;
  readonly queue: { readonly transaction: Transaction; readonly grant: () => void }[];
}

export interface RecordsParts {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly counts: Counts;
  /** Of one query, at most. */
  readonly queryMs: number;
  /** Chance of a query or a commit to lose the line to the records. */
  readonly failing: () => number;
  /** Whether the records choke on an operation now. */
  readonly isStuck: (operation: string) => boolean;
  readonly onCommitted: (judged: readonly JudgedOperation[], written: Written) => void;
  readonly onDeadlock: () => void;
  readonly planted: 'dedupe-dropped' | 'cursor-not-in-order-of-commits' | undefined;
}

const placeOf = ({ device, seq }: Pick<Operation, 'device' | 'seq'>): string => `${device} ${seq}`;

/**
 * The centre's records in memory, as PostgreSQL keeps them under read committed: rows are locked by whoever
 * writes them first, others wait in a queue, what was written shows at the commit.
 */
export class SimRecords implements SyncRecords {
  readonly forms = new Map<string, KeptForm>();
  readonly operations = new Map<string, SeenOperation>();
  /** Where the change log ends. */
  head = 0;
  readonly #byPlace = new Map<string, SeenOperation>();
  readonly #numbers = new Set<string>();
  readonly #locks = new Map<string, Lock>();
  readonly #open = new Set<Transaction>();
  #nextCursor = 1;
  readonly #parts: RecordsParts;

  constructor(parts: RecordsParts) {
    this.#parts = parts;
  }

  async transaction<Value>(work: (transaction: SyncTransaction) => Promise<Value>): Promise<Value> {
    const { random, counts, failing } = this.#parts;
    const transaction: Transaction = {
      locks: [],
      waitsFor: undefined,
      state: 'open',
      judged: [],
      written: undefined,
      cursorsTaken: 0,
    };
    this.#open.add(transaction);
    let value: Value;
    try {
      value = await work(this.#portOf(transaction));
    } catch (error) {
      this.#end(transaction);
      throw error;
    }
    await this.#query(transaction);
    this.#commit(transaction);
    if (random.chance(failing())) {
      counts['answers of the records lost'] += 1;
      throw new RecordsFailure('unavailable', 'committed, and the answer lost');
    }
    return value;
  }

  changesAfter(cursor: number, limit: number, scope: Scope): Promise<Pulled> {
    return Promise.resolve(this.pulled(cursor, limit, scope));
  }

  /** As server/sync/pull.ts asks the forms for it. */
  pulled(after: number, limit: number, scope: Scope): Pulled {
    const rows = this.#inScope(scope)
      .filter(({ cursor }) => cursor > after)
      .sort((one, other) => one.cursor - other.cursor);
    const changes = rows.slice(0, limit);
    const more = rows.length > limit;
    const last = changes.at(-1)?.cursor ?? after;
    return { changes, cursor: scope === 'all' || more ? last : Math.max(last, this.head), more };
  }

  /** A page of a fill, the forms last changed first (server/sync/snapshot.ts). */
  filled(head: number, before: number, limit: number, scope: Scope): readonly KeptForm[] {
    return this.#inScope(scope)
      .filter(({ cursor }) => cursor <= head && cursor < before)
      .sort((one, other) => other.cursor - one.cursor)
      .slice(0, limit);
  }

  /** The line to all who have a transaction open breaks: nothing of theirs is kept, and they hear nothing. */
  cut(): void {
    for (const transaction of [...this.#open]) {
      this.#end(transaction);
      transaction.state = 'dead';
    }
  }

  #inScope(scope: Scope): KeptForm[] {
    if (scope === 'none') return [];
    const all = [...this.forms.values()];
    if (scope === 'all') return all;
    const code = scope.slice('department:'.length);
    return all
      .filter(({ form }) => departmentsOf(form).includes(code))
      .map(({ form, cursor }) => ({ cursor, form: seenByDepartment(form, code) }));
  }

  #portOf(transaction: Transaction): SyncTransaction {
    const { random, planted } = this.#parts;
    return {
      lockDevice: async (device) => {
        await this.#query(transaction);
        await this.#lock(transaction, `device ${device}`);
      },
      seen: async (operations) => {
        await this.#query(transaction);
        if (planted === 'dedupe-dropped') return [];
        const found = new Set<SeenOperation>();
        for (const one of operations) {
          const [byId, byPlace] = [this.operations.get(one.id), this.#byPlace.get(placeOf(one))];
          if (byId) found.add(byId);
          if (byPlace) found.add(byPlace);
        }
        return [...found];
      },
      formsForUpdate: async (ids) => {
        await this.#query(transaction);
        const found: Form[] = [];
        for (const id of ids.toSorted()) {
          if (!this.forms.has(id)) continue;
          await this.#lock(transaction, `form ${id}`);
          const kept = this.forms.get(id);
          if (kept) found.push(kept.form);
        }
        return found;
      },
      numbersTaken: async (numbers) => {
        await this.#query(transaction);
        return numbers.filter((number) => this.#numbers.has(number));
      },
      keepOperations: async (judged) => {
        await this.#query(transaction);
        for (const { operation } of judged.toSorted((one, other) => (one.operation.id < other.operation.id ? -1 : 1))) {
          if (this.#parts.isStuck(operation.id)) {
            throw new Error('a value that the records do not take');
          }
          if (planted === 'dedupe-dropped') continue;
          await this.#insert(transaction, `operation ${operation.id}`, () => this.operations.has(operation.id));
          await this.#insert(transaction, `place ${placeOf(operation)}`, () => this.#byPlace.has(placeOf(operation)));
        }
        transaction.judged = judged;
      },
      takeCursors: async (count) => {
        await this.#query(transaction);
        if (planted === 'cursor-not-in-order-of-commits') {
          this.#nextCursor += count;
          return this.#nextCursor - count;
        }
        await this.#lock(transaction, 'cursor');
        transaction.cursorsTaken += count;
        return this.head + transaction.cursorsTaken - count + 1;
      },
      write: async (written) => {
        await this.#query(transaction);
        for (const { form, before } of written.forms) {
          if (before) continue;
          await this.#insert(transaction, `form ${form.id}`, () => this.forms.has(form.id));
          await this.#insert(transaction, `number ${form.number}`, () => this.#numbers.has(form.number));
        }
        transaction.written = written;
        if (random.chance(0.3)) await this.#query(transaction);
      },
    };
  }

  /** One way to the records and back: it takes its time, or fails, or nobody is left to hear of it. */
  async #query(transaction: Transaction): Promise<void> {
    const { scheduler, random, counts, queryMs, failing } = this.#parts;
    if (queryMs > 0 && random.chance(0.5)) await scheduler.wait(random.below(queryMs));
    if (transaction.state === 'dead') await never();
    if (random.chance(failing())) {
      counts['transactions rolled back'] += 1;
      this.#end(transaction);
      throw new RecordsFailure('unavailable', 'the line broke');
    }
  }

  async #insert(transaction: Transaction, key: string, isThere: () => boolean): Promise<void> {
    await this.#lock(transaction, key);
    if (!isThere()) return;
    this.#parts.counts.conflicts += 1;
    throw new RecordsFailure('conflict', `${key} is there already`);
  }

  async #lock(transaction: Transaction, key: string): Promise<void> {
    const lock = this.#locks.get(key);
    if (!lock) {
      this.#locks.set(key, { owner: transaction, queue: [] });
      transaction.locks.push(key);
      return;
    }
    if (lock.owner === transaction) return;
    if (this.#wouldWaitForItself(transaction, lock)) {
      this.#parts.onDeadlock();
      throw new RecordsFailure('conflict', 'two wait for each other');
    }
    this.#parts.counts['waits for a lock'] += 1;
    transaction.waitsFor = key;
    await new Promise<void>((grant) => lock.queue.push({ transaction, grant }));
    if (transaction.state === 'dead') await never();
  }

  #wouldWaitForItself(transaction: Transaction, lock: Lock): boolean {
    for (let owner = lock.owner; ; ) {
      if (owner === transaction) return true;
      const next = owner.waitsFor === undefined ? undefined : this.#locks.get(owner.waitsFor);
      if (!next) return false;
      owner = next.owner;
    }
  }

  #commit(transaction: Transaction): void {
    const { judged, written } = transaction;
    if (judged.length > 0 && written) {
      for (const { operation, refusal } of judged) {
        const { id, device, seq } = operation;
        const seen: SeenOperation = { id, device, seq, operation, refusal };
        this.operations.set(id, seen);
        this.#byPlace.set(placeOf(seen), seen);
      }
      for (const { form, cursor } of written.forms) {
        this.forms.set(form.id, { form, cursor });
        this.#numbers.add(form.number);
      }
      // With positions given out early the log ends where the furthest of them is.
      if (transaction.cursorsTaken === 0) this.head = Math.max(this.head, written.changes.at(-1)?.cursor ?? 0);
    }
    this.head += transaction.cursorsTaken;
    this.#end(transaction);
    if (judged.length > 0 && written) this.#parts.onCommitted(judged, written);
  }

  #end(transaction: Transaction): void {
    if (!this.#open.delete(transaction)) return;
    transaction.state = 'ended';
    for (const key of transaction.locks.splice(0)) {
      const lock = this.#locks.get(key);
      if (lock?.owner === transaction) this.#handOn(key, lock);
    }
  }

  #handOn(key: string, lock: Lock): void {
    for (let next = lock.queue.shift(); next; next = lock.queue.shift()) {
      if (next.transaction.state !== 'open') continue;
      lock.owner = next.transaction;
      next.transaction.waitsFor = undefined;
      next.transaction.locks.push(key);
      next.grant();
      return;
    }
    this.#locks.delete(key);
  }
}

const never = (): Promise<never> => new Promise(() => undefined);
