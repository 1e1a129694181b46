import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { openSqlite, type Sqlite } from '../cache/sqlite.ts';
import { cacheFileIn, cachePath } from './cache-file.ts';
import { flushFile, flushFolder, wipeFile } from './flushed-file.ts';

/**
 * Encrypts a cache from before there were keys, in its place. Ended at any instant there is the old file,
 * whole, or the new one, whole; what is left of the old is wiped at the next opening.
 *
 *   cache.db plain ── written beside as .part, flushed ── second name .plain ── .part renamed over cache.db
 *                                                         ── .plain wiped
 */
export const encryptPlainCache = (folder: string, key: Uint8Array): void => {
  const path = cachePath(folder);
  const part = `${path}.part`;
  const old = `${path}.plain`;
  if (cacheFileIn(folder) === 'plain') {
    for (const rest of ['', '-journal', '-wal', '-shm']) rmSync(`${part}${rest}`, { force: true });
    // Another name of the same file, from a try that ended before the rename.
    rmSync(old, { force: true });
    foldLogIn(path);
    writeEncrypted(path, part, key);
    flushFile(part);
    linkSync(path, old);
    renameSync(part, path);
    flushFolder(dirname(path));
  }
  if (existsSync(old)) wipeFile(old);
};

/** The log's content moves into the file. SQLite then deletes the log's name; under its second one it is wiped. */
const foldLogIn = (path: string): void => {
  const log = `${path}-wal`;
  const second = `${log}.plain`;
  if (existsSync(log)) {
    rmSync(second, { force: true });
    linkSync(log, second);
  }
  const plain = openSqlite(path, 'plain');
  try {
    plain.pragma('wal_checkpoint(FULL)');
    plain.pragma('journal_mode = DELETE');
  } finally {
    plain.close();
  }
  if (existsSync(second)) wipeFile(second);
};

const writeEncrypted = (from: string, to: string, key: Uint8Array): void => {
  const sqlite = openSqlite(to, key);
  try {
    // A file that is not whole is thrown away: it needs no log.
    sqlite.pragma('journal_mode = OFF');
    sqlite.pragma('synchronous = OFF');
    sqlite.prepare("ATTACH DATABASE ? AS plain KEY ''").run(from);
    // Tables behind a text index are written as what they are, tables.
    sqlite.unsafeMode(true);
    sqlite.transaction(() => copyAll(sqlite)).immediate();
    const version = sqlite.pragma('plain.user_version', { simple: true });
    sqlite.pragma(`user_version = ${Number(version)}`);
  } finally {
    sqlite.close();
  }
};

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string;
}

const copyAll = (sqlite: Sqlite): void => {
  const rows = sqlite
    .prepare<unknown[], SchemaRow>(
      "SELECT type, name, tbl_name, sql FROM plain.sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid",
    )
    .all();
  const isVirtual = (row: SchemaRow): boolean => /^CREATE VIRTUAL TABLE/i.test(row.sql);
  const tables = rows.filter((row) => row.type === 'table' && !isVirtual(row));
  for (const { name, sql } of tables) {
    sqlite.exec(sql);
    const columns = sqlite
      .prepare<unknown[], { readonly name: string }>('SELECT name FROM plain.pragma_table_xinfo(?) WHERE hidden = 0')
      .all(name);
    const list = columns.map((column) => quoted(column.name)).join(', ');
    sqlite.exec(`INSERT INTO main.${quoted(name)} (${list}) SELECT ${list} FROM plain.${quoted(name)}`);
  }
  for (const { sql } of rows.filter((row) => row.type === 'index')) sqlite.exec(sql);
  const sequences = sqlite.prepare("SELECT 1 FROM plain.sqlite_schema WHERE name = 'sqlite_sequence'").get();
  if (sequences) {
    sqlite.exec('DELETE FROM main.sqlite_sequence');
    sqlite.exec('INSERT INTO main.sqlite_sequence SELECT * FROM plain.sqlite_sequence');
  }
  sqlite.pragma('writable_schema = ON');
  const put = sqlite.prepare(
    'INSERT INTO main.sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, 0, ?)',
  );
  for (const row of rows.filter((one) => one.type === 'view' || one.type === 'trigger' || isVirtual(one))) {
    put.run(row.type, row.name, row.tbl_name, row.sql);
  }
  sqlite.pragma('writable_schema = OFF');
};

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
