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
  const { names, values, rows } = tableOf(columns);
  await sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})
    select ${sql.join(values)} from ${rows}
    ${onConflict === 'nothing' ? sql`on conflict do nothing` : sql``}`.execute(transaction);
};

/** Sets all columns but `id` of the rows with these ids. */
export const updateRows = async <Table extends keyof Tables>(
  transaction: Transaction<Tables>,
  table: Table,
  columns: ColumnsOf<Table> & { readonly id: Column },
): Promise<void> => {
  const { names, values, rows } = tableOf(columns);
  const set = names.map((name, at) => sql`${sql.ref(name)} = ${values[at]}`);
  await sql`update ${sql.table(table)} set ${sql.join(set.filter((_, at) => names[at] !== 'id'))} from ${rows}
    where ${sql.ref(`${table}.id`)} = made.id`.execute(transaction);
};

interface Rows {
  readonly names: readonly string[];
  /** What each column has in a row of `rows`. */
  readonly values: readonly RawBuilder<unknown>[];
  readonly rows: RawBuilder<unknown>;
}

const tableOf = (columns: Readonly<Partial<Record<string, Column>>>): Rows => {
  const all = Object.entries(columns).flatMap(([name, column]) => (column ? [{ name, column }] : []));
  const listed = all.filter(({ name, column }) => name === 'id' || !isOneValue(column));
  const isListed = new Set(listed.map(({ name }) => name));
  return {
    names: all.map(({ name }) => name),
    values: all.map(({ name, column }) =>
      isListed.has(name) ? sql.ref(`made.${name}`) : sql`${column.values[0]}::${sql.raw(column.type)}`,
    ),
    rows: sql`unnest(${sql.join(listed.map(({ column }) => arrayOf(column)))})
      as made (${sql.join(listed.map(({ name }) => sql.ref(name)))})`,
  };
};

/** The same in many rows, as who made them and when: it is told once. */
const isOneValue = ({ type, values }: Column): boolean =>
  type !== 'json' && values.length > 1 && values.every((value) => value === values[0]);

const arrayOf = ({ type, values }: Column): RawBuilder<unknown> => {
  switch (type) {
    // JSON on one line has no line break of its own: joined and split, nothing of it needs an escape.
    case 'json':
      return sql`string_to_array(${values.join('\n')}::text, E'\n', '')::json[]`;
    // Nor do these: the literal is written here, where a driver would look for quotes in each.
    case 'uuid':
    case 'bigint':
      return sql`${`{${values.map((value) => value ?? 'NULL').join()}}`}::text::${sql.raw(type)}[]`;
    case 'text':
      return sql`${values}::text[]`;
    default:
      return type satisfies never;
  }
};
