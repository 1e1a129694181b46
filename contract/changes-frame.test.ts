import { expect, test } from 'vitest';
import { readChangesFrame, writeChangesFrame } from './changes-frame.ts';

test('P2 a frame of changes reads as it was written, wherever it lies in a larger buffer', () => {
  const frame = writeChangesFrame({ after: 41, upTo: 2 ** 40, gzip: Uint8Array.of(31, 139, 8) });
  const larger = new Uint8Array(frame.length + 9);
  larger.set(frame, 5);
  const read = readChangesFrame(larger.subarray(5, 5 + frame.length));
  expect(read).toEqual({ after: 41, upTo: 2 ** 40, gzip: Uint8Array.of(31, 139, 8) });
});

test.each([
  ['empty', new Uint8Array()],
  ['cut in its head', writeChangesFrame({ after: 1, upTo: 2, gzip: new Uint8Array() }).subarray(0, 16)],
  ['of another version', writeChangesFrame({ after: 1, upTo: 2, gzip: new Uint8Array() }).fill(2, 0, 1)],
  ['that ends before it begins', writeChangesFrame({ after: 2, upTo: 1, gzip: new Uint8Array() })],
  ['of no length', writeChangesFrame({ after: 2, upTo: 2, gzip: new Uint8Array() })],
])('P2 a frame %s is not read', (_, frame) => {
  expect(readChangesFrame(frame)).toBeUndefined();
});
