import type { z } from 'zod';
import { type FileKey, openSqlite, type SqliteStatement } from './sqlite.ts';

type SqlValue = string | number | null | Uint8Array;

/** What a reader may do; rows are parsed, never trusted to have the shape a query hopes for. */
export interface Reads {
  readonly all: <Row extends z.ZodType>(row: Row, sql: string, ...values: SqlValue[]) => z.output<Row>[];
  readonly first: <Row extends z.ZodType>(row: Row, sql: string, ...values: SqlValue[]) => z.output<Row> | undefined;
}

/** What a writer may do; there is one only inside `Database.write`. */
export interface Writes extends Reads {
  readonly run: (sql: string, ...values: SqlValue[]) => void;
  /** The same; answers how many rows were changed. */
  readonly runCounted: (sql: string, ...values: SqlValue[]) => number;
}

export interface Database {
  readonly read: <Answer>(work: (reads: Reads) => Answer) => Answer;
  /** One transaction: when this returns, all of it is on the disk; when it throws, none of it is. */
  readonly write: <Answer>(work: (writes: Writes) => Answer) => Answer;
  /**
   * One transaction that a power cut may take back, until the next `write` has returned: for what the centre gives
   * again. Nothing that comes after it is kept without it.
   */
  readonly writeRepeatable: <Answer>(work: (writes: Writes) => Answer) => Answer;
  readonly close: () => void;
}

/** 16 MB: the log of a first fill is worked into the file a few times, not at every other lot. */
const logPages = 2_000;

/**
 * Opens the file for this process alone. WAL with `synchronous = FULL`: a commit returns after the
 * log is flushed, so what was acknowledged survives a power cut. With `NORMAL` it returns before; the log is one, so
 * what is flushed later flushes what came before.
 */
export const openDatabase = (file: string, key: FileKey): Database => {
  const sqlite = openSqlite(file, key);
  try {
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma(`wal_autocheckpoint = ${logPages}`);
  } catch (error) {
    sqlite.close();
    throw error;
  }
  const statements = new Map<string, SqliteStatement>();
  const prepared = (sql: string): SqliteStatement => {
    const known = statements.get(sql);
    if (known) return known;
    const made = sqlite.prepare(sql);
    statements.set(sql, made);
    return made;
  };
  const reads: Reads = {
    all: (row, sql, ...values) =>
      prepared(sql)
        .all(...values)
        .map((found) => row.parse(found)),
    first: (row, sql, ...values) => {
      const found = prepared(sql).get(...values);
      return found === undefined ? undefined : row.parse(found);
    },
  };
  const writes: Writes = {
    ...reads,
    run: (sql, ...values) => {
      prepared(sql).run(...values);
    },
    runCounted: (sql, ...values) => prepared(sql).run(...values).changes,
  };
  let flushed: 'FULL' | 'NORMAL' = 'FULL';
  const transact = <Answer>(work: (writes: Writes) => Answer, how: typeof flushed): Answer => {
    if (how !== flushed) sqlite.pragma(`synchronous = ${how}`);
    flushed = how;
    return sqlite.transaction(() => work(writes)).immediate();
  };
  return {
    read: (work) => work(reads),
    write: (work) => transact(work, 'FULL'),
    writeRepeatable: (work) => transact(work, 'NORMAL'),
    close: () => {
      sqlite.close();
    },
  };
};
