import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readByteRange } from './byte-range.ts';

const etag = '"abc"';
const asked = (range: string | undefined, size = 1_000, ifRange?: string) =>
  readByteRange({ range, ifRange }, { size, etag });

test('RFC 9110 section 14.1.2: from, from-to and the last so many, never beyond the end', () => {
  expect(asked('bytes=0-')).toEqual({ first: 0, last: 999 });
  expect(asked('bytes=400-')).toEqual({ first: 400, last: 999 });
  expect(asked('bytes=400-499')).toEqual({ first: 400, last: 499 });
  expect(asked('bytes=400-99999')).toEqual({ first: 400, last: 999 });
  expect(asked('bytes=-100')).toEqual({ first: 900, last: 999 });
  expect(asked('bytes=-5000')).toEqual({ first: 0, last: 999 });
});

test('RFC 9110 section 14.2: what is no single range asks for all, what lies behind the end is refused', () => {
  for (const range of [
    undefined,
    '',
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=9-3',
    'bytes=0-1,5-6',
    'lines=1-2',
    'bytes=a-b',
  ])
    expect(asked(range)).toBe('whole');
  for (const range of ['bytes=1000-', 'bytes=5000-6000', 'bytes=-0']) expect(asked(range)).toBe('unsatisfiable');
  expect(asked('bytes=0-', 0)).toBe('whole');
});

test('RFC 9110 section 13.1.5: a range of another version asks for all of this one', () => {
  expect(asked('bytes=400-', 1_000, etag)).toEqual({ first: 400, last: 999 });
  expect(asked('bytes=400-', 1_000, '"other"')).toBe('whole');
});

test('whatever is asked, what is answered lies within the file', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat({ max: 5_000 }), (text, from, to, size) => {
      for (const range of [text, `bytes=${from}-${to}`, `bytes=${from}-`, `bytes=-${to}`]) {
        const read = asked(range, size);
        if (typeof read === 'string') continue;
        expect(read.first).toBeGreaterThanOrEqual(0);
        expect(read.last).toBeLessThan(size);
        expect(read.first).toBeLessThanOrEqual(read.last);
      }
    }),
  );
});
