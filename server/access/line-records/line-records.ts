import type { BillMonth } from '../../../domain/access/spoken-bill.ts';
import { type Result, refused } from '../../../domain/result.ts';

/** In words for the log; never holds a password. */
export type LineRecordsFailure = string;

/** What the operator's own systems know of a line, for the automatic services 112 and 170. */
export interface LineRecords {
  readonly findLine: (line: string) => Promise<Result<'found' | 'unknown', LineRecordsFailure>>;
  /** `refused`: line and password do not belong together. */
  readonly readBill: (
    line: string,
    password: string,
  ) => Promise<Result<{ readonly months: readonly BillMonth[] } | 'refused', LineRecordsFailure>>;
}

/** Where nothing is set: callers are told so and get an agent. */
export const noLineRecords: LineRecords = {
  findLine: async () => refused('ZUOXI_LINE_RECORDS is not set'),
  readBill: async () => refused('ZUOXI_LINE_RECORDS is not set'),
};
