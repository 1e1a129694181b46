import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3-multiple-ciphers';

export type Sqlite = BetterSqlite3.Database;
export type SqliteStatement = BetterSqlite3.Statement<unknown[]>;

/** 32 bytes; `plain`: not encrypted, for what is not a person's and for files from before there were keys. */
export type FileKey = Uint8Array | 'plain';

/** Loaded at the first sign-in, not at start: the log-in screen does not wait for SQLite. */
const driver = createRequire(import.meta.url);
const load = (): typeof BetterSqlite3 => driver('better-sqlite3-multiple-ciphers');

/** A binary compiled for this Electron by the set-up wins over the one that the package came with. */
const compiled = (): { readonly nativeBinding?: string } => {
  const file = join(
    dirname(driver.resolve('better-sqlite3-multiple-ciphers/package.json')),
    'build/Release/better_sqlite3.node',
  );
  return existsSync(file) ? { nativeBinding: file } : {};
};

/**
 * Opens a SQLite file. Its pages, those of its log too, are AEGIS-256 with a nonce and a tag each: a page
 * that was changed on the disk is known as such, and with the processor's AES instructions it costs next to
 * nothing. The key is used as it is: no derivation makes the opening slow. Temporary tables stay in memory.
 */
export const openSqlite = (file: string, key: FileKey, options: { readonly readonly?: boolean } = {}): Sqlite => {
  const Driver = load();
  const sqlite = new Driver(file, { ...compiled(), ...options });
  try {
    if (key !== 'plain') unlockPages(sqlite, key);
    // Of a new file: four to eight forms a page instead of two, and half as many pages to write.
    sqlite.pragma(`page_size = ${pageBytes}`);
    sqlite.pragma('temp_store = MEMORY');
    sqlite.pragma(`cache_size = -${pageCacheKib}`);
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
};

const unlockPages = (sqlite: Sqlite, key: Uint8Array): void => {
  sqlite.pragma("cipher = 'aegis'");
  sqlite.pragma("aegis_algorithm = 'aegis-256'");
  sqlite.key(Buffer.from(`raw:${Buffer.from(key).toString('hex')}`));
};

export const pageBytes = 8_192;
const pageCacheKib = 8_192;
