import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** One column of many rows. */
export type Column =
  | { readonly type: 'uuid' | 'text'; readonly values: readonly (string | null)[] }
  | { readonly type: 'bigint'; readonly values: readonly (number | null)[] }
  /** JSON text on one line, as `JSON.stringify` writes it; '' is null. */
  | { readonly type: 'json'; readonly values: readonly string[] };

export type ColumnsOf<Table extends keyof Tables> = Readonly<
  Partial<Record<Extract<keyof Tables[Table], string>, Column>>
>;

/**
 * Writes many rows in one statement with a parameter a column. (`json_to_recordset` would need but one; it
 * refuses the NUL and the half emoji that a `json` column keeps.)
 */
export const insertRows = async <Table extends keyof Tables>(
  transaction: Transaction<Tables>,
  table: Table,
  columns: ColumnsOf<Table>,
  onConflict: 'fails' | 'nothing' = 'fails',
): Promise<void> => {
  const names = sql.join(Object.keys(columns).map((name) => sql.ref(name)));
  await sql`insert into ${sql.table(table)} (${names}) select * from ${rowsOf(columns)}
    ${onConflict === 'nothing' ? sql`on conflict do nothing` : sql``}`.execute(transaction);
};

/** Sets all columns but `id` of the rows with these ids. */
export const updateRows = async <Table extends keyof Tables>(
  transaction: Transaction<Tables>,
  table: Table,
  columns: ColumnsOf<Table> & { readonly id: Column },
): Promise<void> => {
  const set = Object.keys(columns)
    .filter((name) => name !== 'id')
    .map((name) => sql`${sql.ref(name)} = ${sql.ref(`made.${name}`)}`);
  await sql`update ${sql.table(table)} set ${sql.join(set)} from ${rowsOf(columns)}
    where ${sql.ref(`${table}.id`)} = made.id`.execute(transaction);
};

const rowsOf = (columns: Readonly<Partial<Record<string, Column>>>): RawBuilder<unknown> => {
  const entries = Object.entries(columns).flatMap(([name, column]) => (column ? [{ name, column }] : []));
  return sql`unnest(${sql.join(entries.map(({ column }) => arrayOf(column)))})
    as made (${sql.join(entries.map(({ name }) => sql.ref(name)))})`;
};

const arrayOf = (column: Column): RawBuilder<unknown> =>
  // JSON on one line has no line break of its own: joined and split, nothing of it needs an escape.
  column.type === 'json'
    ? sql`string_to_array(${column.values.join('\n')}::text, E'\n', '')::json[]`
    : sql`${column.values}::${sql.raw(column.type)}[]`;
