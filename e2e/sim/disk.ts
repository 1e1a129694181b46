import type { DeskDisk } from '../../electron/sync/exchange-parts.ts';
import type { DeskData, MemoryDeskStore } from './memory-desk-store.ts';
import type { Random } from './random.ts';

/** Where a transaction of a desk's disk goes wrong. */
export type DiskFate =
  /** The machine dies before anything of it is on the disk. */
  | 'dies-before'
  /** The machine dies while it is written: its record in the log has no end. */
  | 'dies-inside'
  /** The machine dies with all of it on the disk, before anybody hears. */
  | 'dies-after'
  | 'full'
  | 'well';

/** One transaction in the log; complete once all its rows and its end mark are written. */
interface LogRecord {
  readonly data: DeskData;
  readonly rows: number;
  readonly written: number;
}

/** What the code on a machine that is dead runs into; nobody hears of it any more. */
export class MachineDied extends Error {}

/** What SQLite says when there is no room (electron/cache/disk-full.ts). */
class DiskFull extends Error {
  readonly code = 'SQLITE_FULL';
}

/** The log is folded into its last flushed record after so many. */
const checkpointRecords = 8;

/** The disk as the desk's code of one start of the machine sees it. */
export interface MountedDisk extends DeskDisk {
  readonly write: <Answer>(work: (store: MemoryDeskStore) => Answer) => Answer;
  readonly writeRepeatable: <Answer>(work: (store: MemoryDeskStore) => Answer) => Answer;
}

/** Who looks on at the transactions of disks. */
export interface DiskWatch {
  readonly open: (desk: number, data: DeskData) => MemoryDeskStore;
  readonly onKept: (desk: number, store: MemoryDeskStore) => void;
}

/**
 * A desk's disk: a write-ahead log of transactions. What `write` returned from is flushed, with all before it; what is
 * repeatable is not, until then, and a power cut takes some of it. What opens the disk after a death takes every
 * complete record and drops a torn one at the end.
 */
export class SimDisk {
  #log: LogRecord[];
  /** So many of the log's records are flushed. */
  #flushed = 1;
  #open: DeskData;

  constructor(data: DeskData) {
    this.#log = [{ data, rows: 0, written: 0 }];
    this.#open = data;
  }

  data(): DeskData {
    return this.#open;
  }

  /** Another state of the disk, put back from a copy. */
  putBack(data: DeskData): void {
    this.#log = [{ data, rows: 0, written: 0 }];
    this.#flushed = 1;
    this.#open = data;
  }

  /** The power is cut: of what was not flushed, some records from the first on are there, the next one perhaps in part. */
  cutPower(random: Random): void {
    const kept = this.#flushed + random.below(this.#log.length - this.#flushed + 1);
    const torn = this.#log[kept];
    this.#log = this.#log.slice(0, kept);
    if (torn && torn.written > 0 && random.chance(0.5)) {
      this.#log.push({ ...torn, written: random.below(torn.written) });
    }
  }

  /** Reads the log anew, as a start of the machine does; answers whether there was a torn record. */
  recover(): boolean {
    const last = this.#log.at(-1);
    const isTorn = last !== undefined && last.written < last.rows;
    if (isTorn) this.#log.pop();
    const whole = this.#log.at(-1);
    if (!whole || whole.written < whole.rows) throw new Error('a log with a hole before its end');
    this.putBack(whole.data);
    return isTorn;
  }

  mount(machine: {
    readonly isAlive: () => boolean;
    readonly fate: () => DiskFate;
    readonly die: () => void;
    readonly random: Random;
    readonly onWritten: () => void;
    readonly open: (data: DeskData) => MemoryDeskStore;
    readonly onKept: (store: MemoryDeskStore) => void;
  }): MountedDisk {
    const died = (): never => {
      machine.die();
      throw new MachineDied();
    };
    const transact = <Answer>(work: (store: MemoryDeskStore) => Answer, isFlushed: boolean): Answer => {
      if (!machine.isAlive()) throw new MachineDied();
      const store = machine.open(this.#open);
      const answer = work(store);
      const { rows } = store;
      if (rows === 0) return answer;
      const fate = machine.fate();
      if (fate === 'full') throw new DiskFull();
      if (fate === 'dies-before') return died();
      const data = store.data();
      if (fate === 'dies-inside') {
        this.#log.push({ data, rows: rows + 1, written: machine.random.below(rows + 1) });
        return died();
      }
      this.#log.push({ data, rows: rows + 1, written: rows + 1 });
      if (isFlushed) this.#flushed = this.#log.length;
      if (this.#flushed > checkpointRecords) {
        this.#log = this.#log.slice(this.#flushed - 1);
        this.#flushed = 1;
      }
      this.#open = data;
      machine.onKept(store);
      if (fate === 'dies-after') return died();
      machine.onWritten();
      return answer;
    };
    return {
      write: (work) => transact(work, true),
      writeRepeatable: (work) => transact(work, false),
    };
  }
}
