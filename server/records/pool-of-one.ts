import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { OneConnection } from './one-connection.ts';

/** One connection for all: whoever has it keeps it until released, the others wait in line. */
export const poolOfOne = (connection: OneConnection): PostgresPool => {
  let free = Promise.resolve();
  return {
    connect: async (): Promise<PostgresPoolClient> => {
      const turn = free;
      let release = (): void => undefined;
      free = new Promise((resolve) => {
        release = resolve;
      });
      await turn;
      return { query: queryOf(connection), release };
    },
    end: () => connection.close(),
  };
};

const queryOf = (connection: OneConnection): PostgresPoolClient['query'] => {
  const run = async <Row>(text: string, parameters: readonly unknown[] = []): Promise<PostgresQueryResult<Row>> => {
    const { rows, affectedRows } = await connection.query(text, parameters);
    // What a row looks like is Kysely's to know. It reads the command only to learn that the count is one of changed rows.
    return { command: 'UPDATE', rowCount: affectedRows, rows: rows as Row[] };
  };
  function query<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  function query<Row>(
    text: string | PostgresCursor<Row>,
    parameters?: readonly unknown[],
  ): Promise<PostgresQueryResult<Row>> | PostgresCursor<Row> {
    if (typeof text !== 'string') throw new TypeError('an embedded database has no cursors');
    return run<Row>(text, parameters);
  }
  return query;
};
