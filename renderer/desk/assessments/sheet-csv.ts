import { stringify } from 'csv-stringify/browser/esm/sync';

/**
 * Rows as a spreadsheet takes them (RFC 4180), with the byte order mark by which Excel knows UTF-8. What would be read
 * as a formula is text: it was written by hand.
 */
export const csvOf = (rows: readonly (readonly (string | number)[])[]): Uint8Array =>
  new TextEncoder().encode(
    stringify(
      rows.map((row) => [...row]),
      { bom: true, escape_formulas: true, record_delimiter: 'windows' },
    ),
  );
