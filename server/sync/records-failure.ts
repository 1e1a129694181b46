import { RecordsFailure } from './sync-transaction.ts';

/**
 * What a database's error means. Whatever it says of the values or the statement it was given is thrown on as it
 * is: the same operation would meet it again, and others would not.
 */
export const failureOf = (error: unknown): unknown => {
  if (!(error instanceof Error) || error instanceof RecordsFailure) return error;
  if (error instanceof TypeError || error instanceof RangeError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (isConflict(code)) return new RecordsFailure('conflict', error);
  return ofTheGiven.has(code.slice(0, 2)) ? error : new RecordsFailure('unavailable', error);
};

/**
 * Serialization failure, deadlock, a lock not to be had in time, and what another transaction has written between our
 * look and our own writing.
 */
const isConflict = (code: string): boolean => code.startsWith('40') || code === '23505' || code === '55P03';

/**
 * Classes of SQLSTATE: cardinality, data, integrity, syntax or access, program limit, feature not supported,
 * raised by a function of ours. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const ofTheGiven: ReadonlySet<string> = new Set(['21', '22', '23', '42', '54', '0A', 'P0']);
