import { type PGlite, types } from '@electric-sql/pglite';

/** All that the records ask of an embedded database: one connection, wherever it runs. */
export interface OneConnection {
  readonly query: (text: string, parameters: readonly unknown[]) => Promise<QueryAnswer>;
  readonly close: () => Promise<void>;
}

export interface QueryAnswer {
  readonly rows: readonly unknown[];
  readonly affectedRows: number;
}

export const connectionOf = (pglite: PGlite): OneConnection => ({
  query: async (text, parameters) => {
    const { rows, affectedRows = 0 } = await pglite.query(text, [...parameters], { parsers });
    return { rows, affectedRows };
  },
  close: () => pglite.close(),
});

/** As `openPostgres` reads them: counts and times are far below 2^53. */
const parsers = { [types.INT8]: Number };
