import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createMergeableStore } from 'tinybase';
import { createBetterSqlite3Persister } from 'tinybase/persisters/persister-better-sqlite3';

/**
 * A store that merges, and its place on the disk: of the persisters for such a store in Node the one on SQLite, which
 * like the others writes all of it at every save.
 *
 * @param {string} folder
 */
export const openStore = (folder) => {
  const store = createMergeableStore();
  const persister = createBetterSqlite3Persister(store, new Database(join(folder, 'store.db')), 'store');
  return { store, persister };
};

/** TinyBase merges cell by cell: what agents edit has a cell each, the rest is one. @param {any} form */
export const rowOf = ({ id: _, fields, ...rest }) => ({ ...fields, rest: JSON.stringify(rest) });
