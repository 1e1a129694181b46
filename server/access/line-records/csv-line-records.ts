import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { BillMonth } from '../../../domain/access/spoken-bill.ts';
import { ok, refused } from '../../../domain/result.ts';
import type { LineRecords } from './line-records.ts';

const headings = z.looseObject({
  line: z.string().regex(/^\d{3,20}$/),
  /** SHA-256 of the service password in hex, or empty where none is set. */
  password_sha256: z.string().regex(/^([0-9a-f]{64})?$/),
});
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const amount = z.string().regex(/^-?\d{1,9}(\.\d{1,2})?$/);

interface Line {
  readonly passwordSha256: string;
  readonly months: readonly BillMonth[];
}

/**
 * Line records in a CSV file: `line`, `password_sha256`, and a column for each month, `2026-10`, with what is owed
 * in yuan. Read again when the file has changed.
 */
export const csvLineRecords = (file: string): LineRecords => {
  let known: { readonly mtimeMs: number; readonly lines: ReadonlyMap<string, Line> } | undefined;

  const lines = async (): Promise<ReadonlyMap<string, Line>> => {
    const { mtimeMs } = await stat(file);
    if (known?.mtimeMs !== mtimeMs) known = { mtimeMs, lines: readLines(await readFile(file, 'utf8')) };
    return known.lines;
  };
  const failed = (error: unknown) => refused(`${file}: ${error instanceof Error ? error.message : String(error)}`);

  return {
    findLine: async (line) => {
      try {
        return ok((await lines()).has(line) ? 'found' : 'unknown');
      } catch (error) {
        return failed(error);
      }
    },
    readBill: async (line, password) => {
      try {
        const found = (await lines()).get(line);
        return ok(found && isPassword(password, found.passwordSha256) ? { months: found.months } : 'refused');
      } catch (error) {
        return failed(error);
      }
    },
  };
};

const readLines = (text: string): ReadonlyMap<string, Line> => {
  const rows: unknown = parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true });
  return new Map(
    z
      .array(headings)
      .parse(rows)
      .map(({ line, password_sha256: passwordSha256, ...rest }) => [
        line,
        { passwordSha256, months: readMonths(rest) },
      ]),
  );
};

/** The latest month first: it is what most callers ask for. */
const readMonths = (columns: Readonly<Record<string, unknown>>): readonly BillMonth[] =>
  Object.entries(columns)
    .filter(([heading, value]) => month.safeParse(heading).success && value !== '')
    .sort(([one], [other]) => other.localeCompare(one))
    .map(([heading, value]) => ({
      month: Number(heading.slice(5)),
      fen: Math.round(Number(amount.parse(value)) * 100),
    }));

const isPassword = (password: string, sha256: string): boolean =>
  sha256 !== '' && timingSafeEqual(createHash('sha256').update(password).digest(), Buffer.from(sha256, 'hex'));
