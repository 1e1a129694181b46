import { expect, test } from 'vitest';
import { csvOf } from './sheet-csv.ts';

const read = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

test('S2 the sheet is read by a spreadsheet as it was written, Chinese, quotes and breaks kept', () => {
  expect(
    read(
      csvOf([
        ['工号', '说明'],
        ['1001', '说"好",\n未办'],
        ['1002', 3],
      ]),
    ),
  ).toBe('\uFEFF工号,说明\r\n1001,"说""好"",\n未办"\r\n1002,3\r\n');
});

test('S2 what somebody wrote is never run as a formula', () => {
  expect(read(csvOf([['=1+1', '-2', 5]]))).toBe("\uFEFF'=1+1,'-2,5\r\n");
});
