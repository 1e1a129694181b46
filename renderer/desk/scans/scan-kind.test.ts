import { expect, test } from 'vitest';
import { looksLikeScan, scanKindOf } from './scan-kind.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

test.each([
  ['a TIFF of an Intel machine', 'II*\0rest', 'tiff'],
  ['a TIFF of a Motorola machine', 'MM\0*rest', 'tiff'],
  ['a JPEG', '\xff\xd8\xff\xe0rest', 'jpeg'],
  ['a PNG', '\x89PNG\r\n\x1a\nrest', 'png'],
  ['a PDF', '%PDF-1.7\n', 'pdf'],
  ['a PDF behind what a mail gateway put before it', `${' '.repeat(200)}%PDF-1.4`, 'pdf'],
  ['a program named like a picture', 'MZ\x90\0', null],
  ['a page of HTML', '<html>', null],
  ['a GIF', 'GIF89a', 'gif'],
  ['a WebP', 'RIFF\0\0\0\0WEBP', 'webp'],
  ['a sound', 'RIFF\0\0\0\0WAVE', null],
  ['nothing', '', null],
] as const)('A4 %s is known by its bytes', (_what, text, kind) => {
  expect(scanKindOf(bytesOf(text))).toBe(kind);
});

test('a file is offered for looking at by its name or its claimed type', () => {
  expect(looksLikeScan({ name: '来信.TIF', mediaType: '' })).toBe(true);
  expect(looksLikeScan({ name: 'scan', mediaType: 'application/pdf' })).toBe(true);
  expect(looksLikeScan({ name: 'letter.docx', mediaType: 'application/octet-stream' })).toBe(false);
});
