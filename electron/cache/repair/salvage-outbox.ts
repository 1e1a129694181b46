import { type FileKey, openSqlite, type Sqlite } from '../sqlite.ts';
import { type UnsentRow, unsentRow } from './unsent-work.ts';

const columns = 'seq, id, form_number, state, refusal, operation';
const unsent = "state IN ('pending', 'rejected')";

export interface Salvaged {
  readonly rows: readonly UnsentRow[];
  /** Places in the outbox that could not be read; null: it could not even be seen how many. */
  readonly unreadable: number | null;
}

/**
 * What can be read of the outbox in a damaged or a newer cache, each row for itself; the file is not written to.
 * From either end up to the first page that is damaged, then row by row between.
 */
export const salvageOutbox = (path: string, key: FileKey): Salvaged => {
  const rows = new Map<number, UnsentRow>();
  const take = (found: unknown): void => {
    const row = unsentRow.safeParse(found);
    if (row.success) rows.set(row.data.seq, row.data);
  };
  let sqlite: Sqlite;
  try {
    sqlite = openSqlite(path, key, { readonly: true });
  } catch {
    return { rows: [], unreadable: null };
  }
  try {
    const first = walk(sqlite, 'ASC', take);
    if (first.isWhole) return { rows: inOrder(rows), unreadable: 0 };
    const last = walk(sqlite, 'DESC', take);
    if (first.seq === undefined || last.seq === undefined) {
      return { rows: inOrder(rows), unreadable: null };
    }
    let unreadable = 0;
    for (let seq = first.seq + 1; seq < last.seq; seq += 1) {
      try {
        take(sqlite.prepare(`SELECT ${columns} FROM outbox WHERE seq = ? AND ${unsent}`).get(seq));
      } catch {
        unreadable += 1;
      }
    }
    return { rows: inOrder(rows), unreadable };
  } catch {
    return { rows: inOrder(rows), unreadable: null };
  } finally {
    sqlite.close();
  }
};

/** The last place that was read, and whether that was the end. */
const walk = (
  sqlite: Sqlite,
  order: 'ASC' | 'DESC',
  take: (row: unknown) => void,
): { readonly seq: number | undefined; readonly isWhole: boolean } => {
  let seq: number | undefined;
  try {
    for (const row of sqlite.prepare(`SELECT ${columns} FROM outbox NOT INDEXED ORDER BY seq ${order}`).iterate()) {
      take(row);
      if (typeof row === 'object' && row !== null && 'seq' in row) seq = Number(row.seq);
    }
    return { seq, isWhole: true };
  } catch {
    return { seq, isWhole: false };
  }
};

const inOrder = (rows: ReadonlyMap<number, UnsentRow>): readonly UnsentRow[] =>
  [...rows.values()].sort((one, other) => one.seq - other.seq);
