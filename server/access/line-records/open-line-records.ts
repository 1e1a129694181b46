import { csvLineRecords } from './csv-line-records.ts';
import { httpLineRecords } from './http-line-records.ts';
import { type LineRecords, noLineRecords } from './line-records.ts';

/** `csv:FILE`, or an address of `http-line-records.ts`; undefined: none. */
export const openLineRecords = (source: string | undefined, timeoutMs: number): LineRecords => {
  if (source === undefined) return noLineRecords;
  return source.startsWith('csv:') ? csvLineRecords(source.slice('csv:'.length)) : httpLineRecords(source, timeoutMs);
};
